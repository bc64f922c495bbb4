import { COLUMNS, columnOf } from '../../../contract/task/derive.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { elapsed } from '../board/card.logic.ts';

export const LIST_COLUMNS = [
  'title',
  'status',
  'project',
  'agent',
  'branch',
  'items',
  'time',
  'cost',
  'created',
  'updated',
] as const;
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
/** Stands for the present: what still runs has taken longest, the one that began first above all. */
const NOW = Number.MAX_SAFE_INTEGER;

const KEYS: Record<ListColumn, (task: TaskSummary, projectName: (projectId: string) => string) => Key> = {
  title: (task) => task.title.toLowerCase(),
  status: (task) => COLUMNS.indexOf(columnOf(task)),
  project: (task, projectName) => projectName(task.projectId).toLowerCase(),
  agent: (task) => task.agent.agent,
  branch: (task) => task.branch ?? '',
  items: (task) => (task.items.total === 0 ? -1 : task.items.completed / task.items.total),
  time: (task) => elapsed(task, NOW) ?? -1,
  cost: (task) => task.costUsd,
  created: (task) => task.createdAt,
  updated: (task) => task.updatedAt,
};

function compare(a: Key, b: Key): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
