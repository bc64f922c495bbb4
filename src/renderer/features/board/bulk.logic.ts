import { isUnsettled } from '../../../contract/task/derive.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { truncate } from '../../../contract/text.ts';
import { actionsOf, canAccept } from './task-actions.logic.ts';

/** What can be asked of many tasks at once. */
export type BulkAction = 'start' | 'stop' | 'done' | 'undone' | 'archive' | 'restore' | 'delete';

type Target = Pick<TaskSummary, 'archivedAt' | 'acceptedAt'> & Parameters<typeof actionsOf>[0];

/** Those of the tasks with which it can be done; the core has the last word. */
export function fitting<T extends Target>(action: BulkAction, tasks: readonly T[]): T[] {
  return tasks.filter((task) => {
    const { status, archivedAt, acceptedAt } = task;
    if (action === 'archive') return !isUnsettled(status) && archivedAt === null;
    if (action === 'restore') return archivedAt !== null;
    if (action === 'done') return canAccept(task);
    if (action === 'undone') return acceptedAt !== null;
    return actionsOf(task).includes(action);
  });
}

const DONE: Record<BulkAction, string> = {
  start: 'started',
  stop: 'asked to stop',
  done: 'marked as done',
  undone: 'back in Review',
  archive: 'archived',
  restore: 'restored',
  delete: 'deleted',
};

export function tasksInWords(count: number): string {
  return count === 1 ? '1 task' : `${count} tasks`;
}

/** What was done, as one sentence. */
export function doneWords(action: BulkAction, tasks: readonly { title: string }[]): string {
  const [first] = tasks;
  const what = tasks.length === 1 && first ? `“${truncate(first.title, LONGEST)}”` : tasksInWords(tasks.length);
  return `${what} ${DONE[action]}.`;
}

export interface Refused {
  readonly title: string;
  readonly words: string;
}

const MOST_LINES = 6;

/** A line for each task that was refused, and one for those that are left out. */
export function refusedLines(refused: readonly Refused[]): string[] {
  const lines = refused.slice(0, MOST_LINES).map(({ title, words }) => `“${truncate(title, LONGEST)}”: ${words}`);
  return refused.length > MOST_LINES ? [...lines, `And ${tasksInWords(refused.length - MOST_LINES)} more.`] : lines;
}

/** The titles that a question names, and a line for those that it does not. */
export function namedTitles(tasks: readonly { title: string }[]): string[] {
  const titles = tasks.slice(0, MOST_LINES).map(({ title }) => truncate(title, LONGEST));
  return tasks.length > MOST_LINES ? [...titles, `and ${tasks.length - MOST_LINES} more`] : titles;
}

const LONGEST = 60;
