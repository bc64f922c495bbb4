import { useProjects, useTaskList } from '../../state/hooks.ts';

/** The project of the newest task, or the only one; null where neither is known. */
export function useUsualProject(): string | null {
  const projects = useProjects() ?? [];
  const { summaries } = useTaskList();
  if (projects.length < 2) return projects[0]?.id ?? null;
  let newest: { createdAt: number; projectId: string } | null = null;
  for (const task of summaries.values()) {
    if (newest === null || task.createdAt > newest.createdAt) newest = task;
  }
  const id = newest?.projectId;
  return projects.some((project) => project.id === id) ? (id ?? null) : null;
}
