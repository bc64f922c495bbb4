import { columnOf } from '../../../contract/task/derive.ts';
import { needOf } from '../../../contract/task/needs-you.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';
import type { Route } from '../../app/route.logic.ts';
import type { TaskFilter } from '../../state/filter.logic.ts';

export interface TaskCounts {
  readonly total: number;
  readonly needs: number;
}

export interface AllCounts extends TaskCounts {
  readonly running: number;
  readonly byProject: ReadonlyMap<string, TaskCounts>;
}

export const NO_TASKS: TaskCounts = { total: 0, needs: 0 };

/** How many tasks there are, need a person and run; those that are put away do not count. */
export function countTasks(tasks: Iterable<TaskSummary>): AllCounts {
  const byProject = new Map<string, { total: number; needs: number }>();
  const all = { total: 0, needs: 0, running: 0 };
  for (const task of tasks) {
    if (task.archivedAt !== null) continue;
    const project = byProject.get(task.projectId) ?? { total: 0, needs: 0 };
    byProject.set(task.projectId, project);
    const needs = needOf(task) === null ? 0 : 1;
    for (const count of [all, project]) {
      count.total += 1;
      count.needs += needs;
    }
    if (columnOf(task) === 'running') all.running += 1;
  }
  return { ...all, byProject };
}

/** Where one is, for the sidebar: exactly one of its lines, or none. A project by its id. */
export type Here = 'needs-you' | 'all' | 'archived' | { readonly projectId: string } | null;

export function hereOf({ place }: Pick<Route, 'place'>, filter: Pick<TaskFilter, 'archived' | 'projectId'>): Here {
  if (place === 'needs-you') return 'needs-you';
  if (place === 'settings' || place === 'welcome') return null;
  if (filter.archived) return 'archived';
  return filter.projectId === null ? 'all' : { projectId: filter.projectId };
}

/** What stands for a project where there is no room for its name. */
export function initialOf(name: string): string {
  return [...(name.match(/[\p{L}\p{N}]/u)?.[0] ?? '·')].join('').toUpperCase();
}
