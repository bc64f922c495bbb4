import { stat } from 'node:fs/promises';
import type { Project } from '../../contract/project/state.ts';
import type { Task, TaskOutcome } from '../../contract/task/state.ts';
import { branchCommit } from '../git/branch-commit.ts';

/** The outcome of a run whose workspace is gone, with what is left of the work; null while its folder is there. */
export async function lostWorkspace(
  { workspace }: Pick<Task, 'workspace'>,
  project: Pick<Project, 'path'>,
): Promise<TaskOutcome | null> {
  if (!workspace || (await isFolder(workspace.path))) return null;
  const commit = await branchCommit(project.path, workspace.branch).catch(() => null);
  const kept =
    commit !== null && commit !== workspace.baseCommit
      ? `What was committed is kept on the branch ${workspace.branch}.`
      : 'Nothing had been committed in it.';
  return {
    code: 'workspace-failed',
    words: `The folder of the workspace no longer exists: ${workspace.path}. ${kept}`,
    hint: 'Rerun the task to begin in a new workspace.',
  };
}

/** Only what is surely gone counts as gone. */
async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code !== 'ENOENT' && code !== 'ENOTDIR';
  }
}
