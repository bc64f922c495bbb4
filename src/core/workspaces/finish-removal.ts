import { mkdir, rename, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Project } from '../../contract/project/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { Workspace } from '../../contract/workspace/state.ts';
import type { Logger } from '../base/logger.ts';
import { ahead } from '../git/ahead.ts';
import { branchCommit } from '../git/branch-commit.ts';
import { isKept } from '../git/contained-in.ts';
import { deleteBranch } from '../git/delete-branch.ts';
import { withGit } from '../git/git-context.ts';
import { gitWords } from '../git/git-error.ts';
import { type Worktree, worktreeList } from '../git/worktree-list.ts';
import { forgetUnfinished, worktreeForget } from '../git/worktree-remove.ts';
import { folderState } from './folders.ts';
import { isOnBranch } from './on-branch.ts';
import type { Removal } from './rows.ts';
import { seenNow } from './seen.ts';
import { deleteAside, keepApart, moveAside } from './trash.ts';

interface Options {
  workspace: Workspace;
  project: Project;
  logger: Logger;
  trash: string;
  record(removal: Removal): void;
}

/**
 * Carries out a removal from the step `moving` on, when everything is kept: moves the folder aside in one step, looks at
 * it once more where nobody works in it, makes git forget it, deletes it. May be called again after an interruption.
 * Refused, with the folder back in its place, when it has changed since its work was kept.
 */
export async function finishRemoval(options: Options, removal: Removal): Promise<Result<{ kept: string | null }>> {
  const { workspace, project, logger, trash, record } = options;
  const { path } = workspace;
  const { aside } = removal;
  const before = await worktreeList(project.path);
  if (removal.step === 'moving') {
    if ((await folderState(aside)) === 'none') await moveAside(path, trash, aside);
    const problem = await changedSince(options, removal);
    if (problem !== null) {
      await moveBack(aside, path);
      return reject('conflict', problem);
    }
    record({ ...removal, step: 'deleting' });
  }
  if ((await folderState(path)) === 'none') {
    if (before.some((worktree) => worktree.path === path)) await worktreeForget(project.path, path);
    await forgetUnfinished(project.path, path);
  } else logger.warn('something new is where a workspace was, so git still knows of it', { path });
  await dropUnusedBranch(options, before);
  await rmdir(dirname(path)).catch(() => {});
  if (removal.apart !== null) await keepApart(aside, removal.apart);
  try {
    if ((await folderState(aside)) !== 'none') await deleteAside(aside);
  } catch (error) {
    // Nobody needs it any more; the next start tries again.
    logger.warn('the folder of a removed workspace could not be deleted', { aside, words: String(error) });
  }
  const kept = [...removal.kept, ...(removal.apart === null ? [] : [removal.apart.folder])];
  return accept({ kept: kept.length > 0 ? kept.join(', ') : null });
}

/** Puts the folder of a workspace back where it was. */
export async function moveBack(aside: string, path: string): Promise<void> {
  if ((await folderState(aside)) === 'none') return;
  await mkdir(dirname(path), { recursive: true });
  await rename(aside, path);
}

/** Why the folder must not go, in a sentence; null when it is as it was when its work was kept. */
async function changedSince({ workspace, project }: Options, { aside, seen }: Removal): Promise<string | null> {
  if (seen === null || (await folderState(aside)) === 'none') return null;
  const place = { path: workspace.path, repository: project.path, at: aside };
  const now = await withGit({ place }, () => seenNow(aside)).catch((error: unknown) => gitWords(error));
  if (typeof now === 'string') return `The workspace ${workspace.id} was not removed: ${now}`;
  if (now.commit === seen.commit && now.changes === seen.changes) return null;
  return `Somebody changed the workspace ${workspace.id} while it was being removed, so it was left as it is. Try again.`;
}

/** Only a branch with no commit of its own goes, nowhere else checked out, whose tip another ref holds. */
async function dropUnusedBranch({ workspace, project, logger }: Options, before: readonly Worktree[]): Promise<void> {
  const { branch, path, baseCommit } = workspace;
  if (isOnBranch(workspace)) return;
  const cwd = project.path;
  try {
    const tip = await branchCommit(cwd, branch);
    if (tip === null || (await ahead(cwd, baseCommit, tip)) > 0) return;
    if (before.some((worktree) => worktree.branch === branch && worktree.path !== path)) return;
    if (!(await isKept(cwd, tip, `refs/heads/${branch}`))) return;
    await deleteBranch(cwd, branch, tip);
  } catch (error) {
    logger.warn('an unused branch was left', { branch, words: gitWords(error) });
  }
}
