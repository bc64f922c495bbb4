import type { Schedule, ScheduleChange } from './schedule.ts';

/** The schedule after a change, without what says nothing. */
export function rescheduled(before: Schedule | undefined, change: ScheduleChange): Schedule {
  const { priority: urgency = 'normal', startAt, after } = { ...before, ...without(change) };
  return {
    ...(urgency === 'normal' ? {} : { priority: urgency }),
    ...(startAt == null ? {} : { startAt }),
    ...(after == null ? {} : { after }),
  };
}

function without(change: ScheduleChange): ScheduleChange {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

/** The schedule of a task that has started: its time is over, and what it waited for does not hold it again. */
export function begun({ startAt: _, after, ...rest }: Schedule): Schedule {
  return after === undefined ? rest : { ...rest, after: { ...after, met: true } };
}
