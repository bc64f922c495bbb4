import type { Project } from '../../contract/project/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { Workspace } from '../../contract/workspace/state.ts';
import type { Logger } from '../base/logger.ts';
import { gitWords } from '../git/git-error.ts';
import { runGit } from '../git/run-git.ts';
import { worktreeRepair } from '../git/worktree-repair.ts';
import { isWorktree } from './folders.ts';

/**
 * Leads workspaces to the folder in which the repository of their project is now. Refused, with nothing changed, when
 * the repository there has none of the commits they began from, and so is another one.
 */
export async function moveTo(
  workspaces: readonly Workspace[],
  project: Project,
  path: string,
  logger: Logger,
): Promise<Result<null>> {
  if (workspaces.length === 0) return accept(null);
  try {
    const begun = [...new Set(workspaces.map(({ baseCommit }) => baseCommit))];
    const known = await runGit({ cwd: path, args: ['rev-list', '--no-walk', '--ignore-missing', ...begun, '--'] });
    if (known.trim() === '') {
      return reject(
        'conflict',
        `${path} is another repository: it does not have the commits that the workspaces of ${project.name} began from. Remove the workspaces first, or name the folder of the same repository.`,
      );
    }
    const there: string[] = [];
    for (const workspace of workspaces) if (await isWorktree(workspace.path)) there.push(workspace.path);
    // One that git cannot lead back, as in a fresh clone, must not stand in the way of the others.
    for (const one of there) {
      await worktreeRepair(path, one).catch((error) =>
        logger.warn('a workspace could not be led to the moved repository', { path: one, words: gitWords(error) }),
      );
    }
    return accept(null);
  } catch (error) {
    return reject('unavailable', `Git cannot work in ${path}: ${gitWords(error)}`);
  }
}
