import type { TaskSummary } from '../../../contract/task/state.ts';

const MOST = 30;

/** The newest tasks whose title or id has every word, at most 30: a palette is for finding one. */
export function findTasks(tasks: Iterable<TaskSummary>, query: string): TaskSummary[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found: TaskSummary[] = [];
  for (const task of tasks) {
    const text = `${task.title} ${task.id}`.toLowerCase();
    if (words.every((word) => text.includes(word))) found.push(task);
  }
  return found.sort((a, b) => b.updatedAt - a.updatedAt).slice(0, MOST);
}
