import { stat } from 'node:fs/promises';
import type { Project } from '../../contract/project/state.ts';
import type { Task, TaskOutcome } from '../../contract/task/state.ts';
import { ifThere } from '../base/if-there.ts';
import { branchCommit } from '../git/branch-commit.ts';
import { gitWords } from '../git/git-error.ts';

/** The outcome of a run whose workspace is gone, with what is left of the work; null while its folder is there. */
export async function lostWorkspace(
  { workspace }: Pick<Task, 'workspace'>,
  project: Pick<Project, 'path'>,
): Promise<TaskOutcome | null> {
  if (!workspace || (await isFolder(workspace.path))) return null;
  return {
    code: 'workspace-failed',
    words: `The folder of the workspace no longer exists: ${workspace.path}. ${await keptWords(workspace, project)}`,
    hint: 'Rerun the task to begin in a new workspace.',
  };
}

async function keptWords(
  { branch, baseCommit }: NonNullable<Task['workspace']>,
  project: Pick<Project, 'path'>,
): Promise<string> {
  try {
    const commit = await branchCommit(project.path, branch);
    if (commit === null) return `Its branch ${branch} no longer exists either.`;
    if (commit === baseCommit) return 'Nothing had been committed in it.';
    return `What was committed is kept on the branch ${branch}.`;
  } catch (error) {
    const why = gitWords(error).replace(/\.$/, '');
    return `Whether anything had been committed on its branch ${branch} is not known: ${why}.`;
  }
}

export type LostWorkspace = typeof lostWorkspace;

/** Only what is surely gone counts as gone. */
async function isFolder(path: string): Promise<boolean> {
  try {
    return (await ifThere(stat(path)))?.isDirectory() ?? false;
  } catch {
    return true;
  }
}
