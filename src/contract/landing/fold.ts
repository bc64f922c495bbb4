import type { TaskEvent } from '../task/events.ts';
import type { Task } from '../task/state.ts';

type LandingEvent = Extract<TaskEvent, { type: `landing.${string}` }>;

/** What becomes of the landing of a task; part of the one fold. */
export function foldLanding(state: Task, event: LandingEvent, at: number): Task {
  if (event.type === 'landing.requested') {
    const { type: _, ...landing } = event;
    return { ...state, landingCount: event.no, openLanding: { ...landing, work: null } };
  }
  const { openLanding: open, ...rest } = state;
  if (open?.no !== event.no) return state;
  if (event.type === 'landing.prepared') {
    return { ...state, openLanding: { ...open, work: event.work, to: event.to } };
  }
  if (event.result === 'failed') return rest;
  if (open.kind === 'undo') {
    const { landing: __, ...undone } = rest;
    return undone;
  }
  const { no, how, onto, from, to } = open;
  return { ...rest, landing: { no, how, onto, before: from, commit: to ?? from, at } };
}
