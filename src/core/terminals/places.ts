import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { Workspace } from '../../contract/workspace/state.ts';
import type { TerminalPlace } from './terminals.ts';

interface Deps {
  task(taskId: string): { projectId: string } | null;
  project(projectId: string): Result<{ id: string; path: string }> | Promise<Result<{ id: string; path: string }>>;
  /** Newest first. */
  workspaces(filter: { taskId: string }): Workspace[];
}

/** Where terminals are opened: the workspace of a task, the folder of a project. */
export function terminalPlaces({ task, project, workspaces }: Deps) {
  return {
    async placeOfTask(taskId: string): Promise<Result<TerminalPlace>> {
      const found = task(taskId);
      if (found === null) return reject('not-found', `There is no task ${taskId}.`);
      const ready = workspaces({ taskId }).find(({ state }) => state === 'ready');
      if (ready === undefined) {
        return reject(
          'wrong-state',
          `Task ${taskId} has no workspace now. Start it, or open a terminal in its project.`,
        );
      }
      return accept({ projectId: found.projectId, taskId, workspaceId: ready.id, folder: ready.path });
    },
    async placeOfProject(projectId: string): Promise<Result<TerminalPlace>> {
      const found = await project(projectId);
      if (!found.ok) return found;
      return accept({ projectId, taskId: null, workspaceId: null, folder: found.value.path });
    },
  };
}
