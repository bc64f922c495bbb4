import type { Workspace, WorkspaceDetail } from '../../contract/workspace/state.ts';
import type { Logger } from '../base/logger.ts';
import { ahead } from '../git/ahead.ts';
import { branchCommit } from '../git/branch-commit.ts';
import { isMerged } from '../git/contained-in.ts';
import { diffStat } from '../git/diff-stat.ts';
import { gitWords } from '../git/git-error.ts';
import { type Status, status } from '../git/status.ts';
import { isWorktree } from './enter-worktree.ts';

const NO_DIFF = { files: 0, insertions: 0, deletions: 0 };

/** A workspace of which nothing more can be said. */
export function bareDetail(workspace: Workspace, condition: 'missing' | 'removed' | 'making'): WorkspaceDetail {
  return { ...workspace, condition, uncommitted: 0, ahead: 0, merged: false, diff: NO_DIFF };
}

/** Asks git about a workspace: one process when nothing was changed, up to four otherwise. Never rejects. */
export async function inspect(workspace: Workspace, trusted: boolean, logger: Logger): Promise<WorkspaceDetail> {
  if (workspace.state !== 'ready') return bareDetail(workspace, workspace.state);
  if (!(await isWorktree(workspace.path))) return bareDetail(workspace, 'missing');
  try {
    const now = await status(workspace.path, { trusted });
    const branch = await branchState(workspace.path, workspace, now);
    const changed = now.changes > 0 || now.commit !== workspace.baseCommit;
    const diff = changed ? await diffStat(workspace.path, workspace.baseCommit, now.untracked) : NO_DIFF;
    const condition = now.changes > 0 ? 'dirty' : 'clean';
    return { ...workspace, condition, uncommitted: now.changes, ahead: branch.ahead, merged: branch.merged, diff };
  } catch (error) {
    logger.warn('git cannot tell the state of a workspace', { workspaceId: workspace.id, words: gitWords(error) });
    return bareDetail(workspace, 'missing');
  }
}

/**
 * How the branch of a workspace stands to its base. `now` saves a question when the branch is checked out in `cwd`. A
 * branch that is gone has nothing of its own.
 */
export async function branchState(
  cwd: string,
  workspace: Workspace,
  now: Status | null,
): Promise<{ tip: string | null; ahead: number; merged: boolean }> {
  const { branch, baseBranch, baseCommit } = workspace;
  const tip = now?.branch === branch ? now.commit : await branchCommit(cwd, branch);
  const own = tip === null ? 0 : await ahead(cwd, baseCommit, tip);
  if (tip === null || own === 0) return { tip, ahead: own, merged: true };
  return { tip, ahead: own, merged: baseBranch !== null && (await isMerged(cwd, tip, baseBranch)) };
}
