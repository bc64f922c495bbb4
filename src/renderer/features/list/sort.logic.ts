import { COLUMNS, columnOf } from '../../../contract/task/derive.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';

export const LIST_COLUMNS = ['title', 'status', 'project', 'agent', 'items', 'time', 'cost', 'updated'] as const;
export type ListColumn = (typeof LIST_COLUMNS)[number];

export interface Sorting {
  readonly by: ListColumn;
  readonly descending: boolean;
}

/** A new array in that order; equal ones stay as they were. */
export function sortTasks(
  tasks: readonly TaskSummary[],
  { by, descending }: Sorting,
  projectName: (projectId: string) => string,
): TaskSummary[] {
  const key = KEYS[by];
  const sign = descending ? -1 : 1;
  return tasks
    .map((task) => ({ task, key: key(task, projectName) }))
    .sort((a, b) => sign * compare(a.key, b.key))
    .map(({ task }) => task);
}

type Key = string | number;

const KEYS: Record<ListColumn, (task: TaskSummary, projectName: (projectId: string) => string) => Key> = {
  title: (task) => task.title.toLowerCase(),
  status: (task) => COLUMNS.indexOf(columnOf(task)),
  project: (task, projectName) => projectName(task.projectId).toLowerCase(),
  agent: (task) => task.agent.agent,
  items: (task) => (task.items.total === 0 ? -1 : task.items.completed / task.items.total),
  time: (task) => task.startedAt ?? 0,
  cost: (task) => task.costUsd,
  updated: (task) => task.updatedAt,
};

function compare(a: Key, b: Key): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
