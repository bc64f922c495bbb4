import type { TaskSummary } from '../../contract/task/state.ts';

export interface TaskFilter {
  /** Null: every project. */
  readonly projectId: string | null;
  /** Null: every agent. */
  readonly agent: string | null;
  /** Words that must all occur in what the task is about: title, id, branch, outcome, goal, items or messages; case does not matter. */
  readonly text: string;
  /** Only what was put away; otherwise only what was not. */
  readonly archived: boolean;
}

export const EMPTY_FILTER: TaskFilter = { projectId: null, agent: null, text: '', archived: false };

/** Whether nothing is left out but what is archived. */
export function isEmptyFilter(filter: TaskFilter): boolean {
  return filter.projectId === null && filter.agent === null && filter.text.trim() === '' && !filter.archived;
}

/** The tasks that fit, newest first. `hits` have the words where they are not known here. */
export function filterTasks(
  tasks: Iterable<TaskSummary>,
  filter: TaskFilter,
  hits: ReadonlyMap<string, unknown> = new Map(),
): TaskSummary[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const found: TaskSummary[] = [];
  for (const task of tasks) {
    if ((task.archivedAt !== null) !== filter.archived) continue;
    if (filter.projectId !== null && task.projectId !== filter.projectId) continue;
    if (filter.agent !== null && task.agent.agent !== filter.agent) continue;
    if (words.length > 0 && !hits.has(task.id)) {
      const text = `${task.title} ${task.id} ${task.branch ?? ''} ${task.outcome?.words ?? ''}`.toLowerCase();
      if (!words.every((word) => text.includes(word))) continue;
    }
    found.push(task);
  }
  return found.sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
}
