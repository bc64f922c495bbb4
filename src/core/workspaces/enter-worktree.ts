import type { Project } from '../../contract/project/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { Workspace } from '../../contract/workspace/state.ts';
import { branchCommit } from '../git/branch-commit.ts';
import { deleteBranch } from '../git/delete-branch.ts';
import { gitWords } from '../git/git-error.ts';
import { commonFolder, proveWorktree } from '../git/prove-worktree.ts';
import { clearStaleLocks } from '../git/stale-locks.ts';
import { whatGitRuns } from '../git/what-git-runs.ts';
import { worktreeAdd } from '../git/worktree-add.ts';
import { type Worktree, worktreeList } from '../git/worktree-list.ts';
import { forgetUnfinished, worktreeForget } from '../git/worktree-remove.ts';
import { folderState } from './folders.ts';
import { isHalfCheckout } from './half-checkout.ts';
import { isOnBranch } from './on-branch.ts';
import { deleteAside, moveAside } from './trash.ts';

/** The lock git holds on a worktree while it makes it (builtin/worktree.c); left behind only by a killed git. */
export const HALF_MADE = 'initializing';
const MAKING = 'Making the workspace';
const LOOK_MS = 1000;

export interface EnterOptions {
  workspace: Workspace;
  project: Project;
  /** Where folders are moved before they are deleted. */
  trash: string;
  /** Milliseconds that git may take, its hooks included. */
  limitMs: number;
  signal?: AbortSignal;
  /** Told in words what is done at the moment. */
  doing?(words: string): void;
  /** Told what is wrong though the workspace is made. */
  warn?(code: string, words: string): void;
}

/** Makes the worktree and branch of a workspace that was recorded just now. */
export async function makeWorktree(options: EnterOptions): Promise<Result<null>> {
  const { path } = options.workspace;
  if ((await folderState(path)) === 'used') return occupied(path);
  return add(options, isOnBranch(options.workspace) ? undefined : options.workspace.baseCommit);
}

/**
 * Makes, completes or simply takes the worktree of a workspace whose making was interrupted: as much of it as git knows
 * and as bears the recorded branch. Refused when something else has its folder or branch. The caller knows that no git
 * of before runs any more.
 */
export async function repairWorktree(options: EnterOptions): Promise<Result<null>> {
  const { workspace, project } = options;
  const { path, branch, baseCommit } = workspace;
  try {
    await unlock(workspace, project);
    const known = (await worktreeList(project.path)).find((worktree) => worktree.path === path);
    const folder = await folderState(path);
    if (known && known.branch !== null && known.branch !== branch) {
      return reject('conflict', `${path} is a worktree of the branch ${known.branch}, not of ${branch}.`);
    }
    if (known && folder === 'used' && known.locked === null) {
      await proveWorktree({ path, repository: project.path });
      return accept(null);
    }
    if (known) await discardHalfMade(options, known);
    else if (folder === 'used') {
      const half = await isHalfCheckout({ repository: project.path, path, branch, commit: baseCommit });
      if (!half) return occupied(path);
      const aside = await moveAside(path, options.trash);
      if (aside !== null) await deleteAside(aside);
    }
    await forgetUnfinished(project.path, path);
    const tip = await branchCommit(project.path, branch);
    if (tip === null) return await add(options, isOnBranch(workspace) ? undefined : baseCommit);
    if (tip === baseCommit || isOnBranch(workspace)) return await add(options, undefined);
    return reject('conflict', `The branch ${branch} has commits that Drover did not expect; it was left as it is.`);
  } catch (error) {
    return reject('unavailable', `The workspace ${path} could not be repaired: ${gitWords(error)}`);
  }
}

/** Takes away the locks that a killed git has left of a workspace, in its turn in the project. */
export function unlock(workspace: Workspace, project: Project): Promise<void> {
  return clearLocks(workspace, project, true);
}

/** The same at any time, so without those that other workspaces of the project use. */
export function unlockOwn(workspace: Workspace, project: Project): Promise<void> {
  return clearLocks(workspace, project, false);
}

async function clearLocks({ path, branch }: Workspace, project: Project, shared: boolean): Promise<void> {
  const commonDir = await commonFolder(project.path);
  if (commonDir === null) return;
  const proven = await proveWorktree({ path, repository: project.path }).catch(() => null);
  await clearStaleLocks({ commonDir, gitDir: proven?.gitDir ?? null, branch, path, repository: project.path, shared });
}

/** Takes away what a killed git left of a worktree that it had not finished writing. */
async function discardHalfMade({ project, trash }: EnterOptions, worktree: Worktree): Promise<void> {
  // Git refuses a folder without a good file `.git`; of one that is gone it only forgets the entry.
  const aside = await moveAside(worktree.path, trash);
  await worktreeForget(project.path, worktree.path);
  if (aside !== null) await deleteAside(aside);
}

async function add(options: EnterOptions, commit: string | undefined): Promise<Result<null>> {
  const { workspace, project, limitMs, signal, doing, warn } = options;
  const { path, branch, baseCommit } = workspace;
  let watch: NodeJS.Timeout | undefined;
  doing?.(MAKING);
  // Git makes the branch first, and leaves it when it fails later. One that was there before is never taken back.
  let makesBranch = false;
  try {
    makesBranch = commit !== undefined && (await branchCommit(project.path, branch)) === null;
    await worktreeAdd({
      cwd: project.path,
      path,
      branch,
      commit,
      trusted: project.trusted,
      signal,
      timeoutMs: limitMs,
      started(leader) {
        watch = setInterval(() => {
          const more = whatGitRuns(leader);
          doing?.(more === null ? MAKING : `${MAKING}: ${more}`);
        }, LOOK_MS);
      },
    });
    return accept(null);
  } catch (error) {
    const words = gitWords(error);
    if (signal?.aborted) return reject('wrong-state', 'Stopped while the workspace was being made.');
    if (await isWhole(workspace, project)) {
      warn?.(
        'workspace-warning',
        `Git has made the workspace and then failed, as it does when a hook fails: ${words || 'it did not say why.'}`,
      );
      return accept(null);
    }
    if (makesBranch && (await folderState(path)) === 'none') {
      // Git has taken back the folder but not the branch it had just made for it.
      await deleteBranch(project.path, branch, baseCommit).catch(() => {});
    }
    return reject('unavailable', `The workspace on the branch ${branch} could not be made: ${words}`);
  } finally {
    clearInterval(watch);
  }
}

/** Whether git had written the whole worktree, which it keeps locked until then; what comes after that are hooks. */
async function isWhole({ path, branch }: Workspace, project: Project): Promise<boolean> {
  try {
    await proveWorktree({ path, repository: project.path });
    const known = (await worktreeList(project.path)).find((worktree) => worktree.path === path);
    return known?.locked === null && known.branch === branch;
  } catch {
    return false;
  }
}

function occupied(path: string): Result<never> {
  return reject('conflict', `${path} is in the way: it holds files that are no workspace of Drover. Move it away.`);
}
