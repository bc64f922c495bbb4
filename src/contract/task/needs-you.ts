import { columnOf, type Stated, stateOf } from './derive.ts';
import type { TaskSummary } from './state.ts';

/**
 * Why a task needs its person: an answer to what its agent asks, a command that waits for input, that they have its
 * session, an item that is blocked, or that it failed.
 */
export type Need = 'answer' | 'stall' | 'taken' | 'blocked' | 'failed';

/** What a need follows from; the approvals as a task has them, or as a list counts them. */
export type Needing = Stated &
  Pick<TaskSummary, 'archivedAt'> & {
    approvals: readonly unknown[] | number;
  };

/** Why a task needs its person; null when it does not. What was put away needs nobody. */
export function needOf(task: Needing): Need | null {
  if (task.archivedAt !== null || columnOf(task) !== 'needs-you') return null;
  const state = stateOf(task);
  if (state === 'failed' || state === 'taken') return state;
  if (state !== 'waiting') return 'blocked';
  const count = typeof task.approvals === 'number' ? task.approvals : task.approvals.length;
  // An agent waits for one thing at a time: without a question it is a command that does.
  return count > 0 ? 'answer' : 'stall';
}

/** The one number of what needs a person, told everywhere: how many tasks do. */
export function countNeedsYou(tasks: Iterable<Needing>): number {
  let count = 0;
  for (const task of tasks) if (needOf(task) !== null) count += 1;
  return count;
}
