import type { Priority } from '../../contract/task/priority.ts';
import type { ScheduleChange } from '../../contract/task/schedule.ts';
import { badInput } from '../failure.ts';
import { unlessEmptied } from './emptied.ts';
import { checkTaskId } from './ids.ts';
import { readStart } from './moment.ts';

/** The options that say when a task may start, see `addScheduleOptions`. */
export interface ScheduleOptions {
  priority?: Priority;
  at?: string;
  after?: string[];
  any?: boolean;
  fromBranch?: boolean;
}

/** What was named of a schedule; an empty time, or an empty task, takes it away. Throws `Failure` for what is none. */
export function readSchedule({ priority, at, after, any, fromBranch }: ScheduleOptions, now: number): ScheduleChange {
  if (after === undefined && (any || fromBranch)) throw badInput('--any and --from-branch say how it follows --after.');
  const taskIds = unlessEmptied(after ?? []).map(checkTaskId);
  const dependencies = { taskIds, need: any ? ('any' as const) : ('all' as const), fromBranch: fromBranch ?? false };
  return {
    ...(priority === undefined ? {} : { priority }),
    ...(at === undefined ? {} : { startAt: at === '' ? null : readStart(at, '--at', now) }),
    ...(after === undefined ? {} : { after: taskIds.length === 0 ? null : dependencies }),
  };
}
