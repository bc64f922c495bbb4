import type { TaskStore } from './store.ts';

/** Titles of tasks that have not begun, by the id of each task that they depend on. */
export function dependants({ idsIn, get }: Pick<TaskStore, 'idsIn' | 'get'>): Map<string, string> {
  const found = new Map<string, string>();
  for (const id of [...idsIn('draft'), ...idsIn('queued')]) {
    const task = get(id);
    for (const taskId of task?.schedule?.after?.taskIds ?? []) if (task) found.set(taskId, task.title);
  }
  return found;
}
