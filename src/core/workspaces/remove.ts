import { rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Project } from '../../contract/project/state.ts';
import { accept, type Outcome, reject } from '../../contract/rejection.ts';
import type { Workspace } from '../../contract/workspace/state.ts';
import type { Logger } from '../base/logger.ts';
import { ahead } from '../git/ahead.ts';
import { branchCommit } from '../git/branch-commit.ts';
import { commitAll } from '../git/commit-all.ts';
import { isKept } from '../git/contained-in.ts';
import { createBranch } from '../git/create-branch.ts';
import { deleteBranch } from '../git/delete-branch.ts';
import { gitWords } from '../git/git-error.ts';
import { type Worktree, worktreeList } from '../git/worktree-list.ts';
import { worktreeRemove } from '../git/worktree-remove.ts';
import type { Before } from './before.ts';
import { discardHalfMade, folderState, HALF_MADE } from './enter-worktree.ts';
import { type Look, lookInto } from './inspect.ts';
import { type Work, workOf } from './work-of.ts';

const KEPT_MESSAGE = 'drover: work kept before removing the workspace';

interface Options {
  workspace: Workspace;
  project: Project;
  discard: boolean;
  before: Before;
  logger: Logger;
}

/**
 * Takes away the worktree of a workspace, and its branch if it never got a commit of its own. Nothing is lost: refused
 * while there are changes or commits that are in no other branch, unless `discard`; then changes and untracked files
 * are first committed where they are, and the branch stays. Ignored files go. What cannot be kept (a repository inside
 * the workspace, submodules) always refuses. `kept` names the branches that hold the work.
 */
export async function removeWorktree(options: Options): Promise<Outcome<{ kept: string | null }>> {
  const { workspace, project } = options;
  const { path } = workspace;
  try {
    const worktrees = await worktreeList(project.path);
    const known = worktrees.find((worktree) => worktree.path === path) ?? null;
    const folder = await folderState(path);
    if (!known && folder === 'used') {
      return reject('conflict', `${path} is no worktree that git knows of any more, so it was left as it is.`);
    }
    if (known && known.locked !== null && !(known.locked === HALF_MADE && workspace.state === 'making')) {
      const why = known.locked ? ` (${known.locked})` : '';
      return reject('wrong-state', `The worktree ${path} is locked${why}; unlock it with git worktree unlock first.`);
    }
    const kept =
      known && folder === 'used' && known.locked === null
        ? await clear(options)
        : await forget(options, known, folder === 'empty');
    if (!kept.ok) return kept;
    await dropUnusedBranch(options, worktrees);
    await rmdir(dirname(path)).catch(() => {});
    return accept({ kept: kept.value });
  } catch (error) {
    return reject('unavailable', `The workspace ${workspace.id} was not removed: ${gitWords(error)}`);
  }
}

/** The worktree is there: keeps what is in it, then removes it. */
async function clear({ workspace, project, discard, before }: Options): Promise<Outcome<string | null>> {
  const { path, branch } = workspace;
  const look = await lookInto(workspace, project.trusted, before);
  const { now, uncommitted } = look;
  if (!discard && (uncommitted > 0 || look.work.open.length > 0))
    return reject('conflict', whatIsOpen(workspace, look));
  if (now.foreign.length > 0) {
    const names = now.foreign.slice(0, 3).join(', ');
    return reject(
      'conflict',
      `${names} in ${path} is a repository of its own, which cannot be kept; move it away first.`,
    );
  }
  let { work } = look;
  if (uncommitted > 0) {
    await commitAll(path, KEPT_MESSAGE);
    ({ work } = await lookInto(workspace, project.trusted, before));
  }
  const kept = await keepCommits(project.path, branch, work);
  // What was there before the agent began is in the way of git, and nobody's work.
  await worktreeRemove(project.path, path, uncommitted === 0 && now.changes > 0 ? 'half-made' : 'made');
  return accept(kept.size > 0 ? [...kept].join(', ') : null);
}

/** The names of the branches that hold what is nowhere else; commits on no branch get one. */
async function keepCommits(cwd: string, branch: string, work: Work): Promise<Set<string>> {
  const kept = new Set<string>();
  for (const one of work.open) kept.add(one.branch ?? (await rescue(cwd, branch, one.commit)));
  for (const { commit, branches } of work.elsewhere) kept.add(branches[0] ?? (await rescue(cwd, branch, commit)));
  return kept;
}

/** There is no folder, or git was killed while it made it: takes away what git remembers of it. */
async function forget(
  { workspace, project }: Options,
  known: Worktree | null,
  empty: boolean,
): Promise<Outcome<string | null>> {
  const { path, branch } = workspace;
  const work = await workOf(project.path, workspace, known, null);
  const kept = await keepCommits(project.path, branch, work);
  if (known?.locked) await discardHalfMade(project.path, known, empty ? 'empty' : 'used');
  else {
    if (empty) await rmdir(path);
    if (known) await worktreeRemove(project.path, path);
  }
  return accept(kept.size > 0 ? [...kept].join(', ') : null);
}

function whatIsOpen({ id, baseBranch }: Workspace, { uncommitted, work }: Look): string {
  const parts: string[] = [];
  if (uncommitted > 0) parts.push(`${uncommitted} uncommitted ${uncommitted === 1 ? 'change' : 'changes'}`);
  for (const { commits, branch } of work.open) {
    const many = `${commits} ${commits === 1 ? 'commit' : 'commits'}`;
    parts.push(
      branch === null ? `${many} on no branch` : `${many} on ${branch} not in ${baseBranch ?? 'another branch'}`,
    );
  }
  return `The workspace ${id} has ${parts.join(' and ')}. With discard the folder is removed and the work is kept on a branch.`;
}

/** Makes a new branch for a commit that would be lost, and gives its name. */
async function rescue(cwd: string, branch: string, commit: string): Promise<string> {
  for (let no = 1; ; no += 1) {
    const name = `${branch}-kept${no === 1 ? '' : `-${no}`}`;
    if ((await branchCommit(cwd, name)) !== null) continue;
    await createBranch(cwd, name, commit);
    return name;
  }
}

/** Only a branch with no commit of its own goes, nowhere else checked out, whose tip another ref holds. */
async function dropUnusedBranch({ workspace, project, logger }: Options, before: readonly Worktree[]): Promise<void> {
  const { branch, path, baseCommit } = workspace;
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
