import type { TaskEvent } from '../../contract/task/events.ts';
import type { Task } from '../../contract/task/state.ts';
import type { Waiting } from './why-waits.ts';

/** What holds the task, should it be queued now. */
export type WhyWaits = () => Waiting;

type Mode = NonNullable<Task['nextMode']>;
/** A person who gets the session as soon as the run begins; left out: the loop. */
type To = Task['nextHolder'];

/** Queues a task. An archived task that is to run comes back: what runs is never out of sight. */
export function queue(state: Task, mode: Mode, waiting: WhyWaits, to?: To): TaskEvent[] {
  const event = queued(mode, waiting, to);
  return state.archivedAt === null ? [event] : [{ type: 'task.archived', archived: false }, event];
}

export function queued(mode: Mode, waiting: WhyWaits, to?: To): TaskEvent {
  return { type: 'task.queued', mode, waiting: waiting(), ...(to ? { to } : {}) };
}
