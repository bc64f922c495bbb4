import { type Column, columnOf, stateOf } from '../../../contract/task/derive.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';

/** What a task waits for a person with. */
export type Need = 'approval' | 'input' | 'item';

/** Null when it needs nobody. */
export function needOf(task: TaskSummary): Need | null {
  if (columnOf(task) !== 'needs-you') return null;
  if (task.approvals > 0) return 'approval';
  return stateOf(task) === 'waiting' ? 'input' : 'item';
}

/** How long the newest run has taken or takes; null when there was none. Milliseconds. */
export function elapsed(task: TaskSummary, now: number): number | null {
  if (task.startedAt === null) return null;
  return (task.settledAt ?? now) - task.startedAt;
}

export const COLUMN_COLORS: Record<Column, string> = {
  draft: 'gray',
  queued: 'gray',
  running: 'blue',
  'needs-you': 'orange',
  review: 'teal',
  done: 'gray',
  failed: 'red',
};

/** What stands where a column is empty: what comes there, or what a person can do next. */
export const EMPTY_COLUMN: Record<Column, string> = {
  draft: 'Save a new task without starting it, and it waits here.',
  queued: 'Drag a draft here to start it when a slot is free.',
  running: 'Nothing is running. Start a draft, or make a new task.',
  'needs-you': 'Nothing is waiting for you.',
  review: 'What has finished or was stopped comes here for you to look at.',
  done: 'Mark a task as done, or drag it here, when you accept its work.',
  failed: 'Nothing has failed.',
};
