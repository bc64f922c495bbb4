import { lstat, readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../../contract/project/state.ts';
import { accept, type Outcome, reject } from '../../contract/rejection.ts';
import type { Workspace } from '../../contract/workspace/state.ts';
import { branchCommit } from '../git/branch-commit.ts';
import { deleteBranch } from '../git/delete-branch.ts';
import { gitWords } from '../git/git-error.ts';
import { worktreeAdd } from '../git/worktree-add.ts';
import { type Worktree, worktreeList } from '../git/worktree-list.ts';
import { worktreeRemove } from '../git/worktree-remove.ts';

/** The lock git holds on a worktree while it makes it (builtin/worktree.c); left behind only by a killed git. */
export const HALF_MADE = 'initializing';

interface Options {
  workspace: Workspace;
  project: Project;
  env?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
}

/** Makes the worktree and branch of a workspace that was recorded just now. One git process. */
export async function makeWorktree(options: Options): Promise<Outcome<null>> {
  const { path } = options.workspace;
  if ((await folderState(path)) === 'used') return occupied(path);
  return add(options, options.workspace.baseCommit);
}

/**
 * Makes, completes or simply takes the worktree of a workspace whose making was interrupted: as much of it as git knows
 * and as bears the recorded branch. Refused when something else has its folder or branch.
 */
export async function repairWorktree(options: Options): Promise<Outcome<null>> {
  const { workspace, project } = options;
  const { path, branch, baseCommit } = workspace;
  try {
    const known = (await worktreeList(project.path)).find((worktree) => worktree.path === path);
    const folder = await folderState(path);
    if (known && known.branch !== null && known.branch !== branch) {
      return reject('conflict', `${path} is a worktree of the branch ${known.branch}, not of ${branch}.`);
    }
    if (known && folder === 'used' && known.locked === null) return accept(null);
    if (known) await discardHalfMade(project.path, known, folder);
    else if (folder === 'used') return occupied(path);
    const tip = await branchCommit(project.path, branch);
    if (tip === null) return await add(options, baseCommit);
    if (tip === baseCommit) return await add(options, undefined);
    return reject('conflict', `The branch ${branch} has commits that Drover did not expect; it was left as it is.`);
  } catch (error) {
    return reject('unavailable', `The workspace ${path} could not be repaired: ${gitWords(error)}`);
  }
}

/** Takes away what a killed git left of a worktree that it had not finished writing. */
export async function discardHalfMade(cwd: string, worktree: Worktree, folder: FolderState): Promise<void> {
  // Without the file .git, which git writes first, git refuses; then the folder is still empty.
  if (folder === 'empty') await rmdir(worktree.path);
  await worktreeRemove(cwd, worktree.path, 'half-made');
}

async function add({ workspace, project, env, signal }: Options, commit: string | undefined): Promise<Outcome<null>> {
  const { path, branch, baseCommit } = workspace;
  try {
    await worktreeAdd({ cwd: project.path, path, branch, commit, trusted: project.trusted, env, signal });
    return accept(null);
  } catch (error) {
    const words = gitWords(error);
    const branchMade = commit !== undefined && !words.includes('already exists');
    if (branchMade && (await folderState(path)) === 'none') {
      // Git has taken back the folder but not the branch it had just made for it.
      await deleteBranch(project.path, branch, baseCommit).catch(() => {});
    }
    if (signal?.aborted) return reject('wrong-state', 'Stopped while the workspace was being made.');
    return reject('unavailable', `The workspace on the branch ${branch} could not be made: ${words}`);
  }
}

function occupied(path: string): Outcome<never> {
  return reject('conflict', `${path} is in the way: it holds files that are no workspace of Drover. Move it away.`);
}

export type FolderState = 'none' | 'empty' | 'used';

/** Whether there is something at the path; anything that is not an empty folder counts as used. */
export async function folderState(path: string): Promise<FolderState> {
  try {
    const stat = await lstat(path);
    return stat.isDirectory() && (await readdir(path)).length === 0 ? 'empty' : 'used';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'none';
    throw error;
  }
}

/** Whether there is a worktree at the path, wholly or in part. */
export async function isWorktree(path: string): Promise<boolean> {
  return (await lstat(join(path, '.git')).catch(() => null)) !== null;
}
