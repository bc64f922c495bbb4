import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from '../../contract/project/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { Workspace } from '../../contract/workspace/state.ts';
import type { Logger } from '../base/logger.ts';
import { branchCommit } from '../git/branch-commit.ts';
import { commitAll } from '../git/commit-all.ts';
import { createBranch } from '../git/create-branch.ts';
import { gitWords } from '../git/git-error.ts';
import { innerRepositories } from '../git/inner-repositories.ts';
import { proveWorktree } from '../git/prove-worktree.ts';
import { type Worktree, worktreeList } from '../git/worktree-list.ts';
import type { Before } from './before.ts';
import { copiedIn } from './copied.ts';
import { HALF_MADE, unlock } from './enter-worktree.ts';
import { finishRemoval } from './finish-removal.ts';
import { folderState } from './folders.ts';
import { unkeptWords } from './inner.ts';
import { type Look, lookInto } from './inspect.ts';
import type { Removal } from './rows.ts';
import { seenNow } from './seen.ts';
import { type Work, workOf } from './work-of.ts';

/** Files that are named. */
const NAMED = 5;
const KEPT_MESSAGE = 'drover: work kept before removing the workspace';

export interface RemoveOptions {
  workspace: Workspace;
  project: Project;
  discard: boolean;
  before: Before;
  logger: Logger;
  /** Where folders are moved before they are deleted. */
  trash: string;
  dataFolder: string;
  /** As it is recorded by now. */
  removal: Removal;
  /** Writes down how far the removal has come. */
  record(removal: Removal): void;
}

/**
 * Takes away the worktree of a workspace, and its branch if it never got a commit of its own. Nothing is lost: refused
 * while there are changes or commits that are in no other branch, unless `discard`; then changes and untracked files
 * are first committed where they are, and the branch stays; what Drover itself copied from the project is in no commit,
 * and kept in the data folder where it was changed. Ignored files go. What cannot be kept (a repository inside
 * the workspace with work of its own) always refuses. `kept` names the branches
 * and folders that hold the work.
 *
 * Each step is recorded before it is begun, so that the next start can finish it or take it back; a refusal leaves
 * everything as it was.
 */
export async function removeWorktree(options: RemoveOptions): Promise<Result<{ kept: string | null }>> {
  const { workspace, project, record } = options;
  const { path } = workspace;
  try {
    const worktrees = await worktreeList(project.path);
    const known = worktrees.find((worktree) => worktree.path === path) ?? null;
    const folder = await folderState(path);
    if (!known && folder === 'used') {
      return reject(
        'conflict',
        `${path} is no longer a worktree that git knows, so it was left as it is. Move the folder away, then remove the workspace again.`,
      );
    }
    if (known && known.locked !== null && !(known.locked === HALF_MADE && options.removal.was === 'making')) {
      const why = known.locked ? ` (${known.locked})` : '';
      return reject('wrong-state', `The worktree ${path} is locked${why}; unlock it with git worktree unlock first.`);
    }
    const whole = known !== null && folder === 'used' && known.locked === null;
    const kept = whole ? await keep(options) : await keepOfGone(options, known);
    if (!kept.ok) return kept;
    const removal: Removal = { ...options.removal, ...kept.value };
    record(removal);
    return await finishRemoval(options, removal);
  } catch (error) {
    return reject('unavailable', `The workspace ${workspace.id} was not removed: ${gitWords(error)}`);
  }
}

type Kept = Pick<Removal, 'step' | 'kept' | 'seen' | 'apart'>;

/** The worktree is there: keeps what is in it. */
async function keep({ workspace, project, discard, before, dataFolder }: RemoveOptions): Promise<Result<Kept>> {
  const { path, branch, baseCommit } = workspace;
  await proveWorktree({ path, repository: project.path });
  // Before the look, so that what comes after the look differs from it, and what comes before is seen by the look.
  let seen = await seenNow(path);
  const look = await lookInto(workspace, project.trusted, before);
  const { now, uncommitted } = look;
  const inner = unkeptWords(await innerRepositories(path, baseCommit), path);
  if (!discard && (uncommitted > 0 || look.work.open.length > 0)) {
    return reject('conflict', [whatIsOpen(workspace, look), ...inner].join(' '));
  }
  if (inner.length > 0) return reject('conflict', `${inner.join(' ')} Move or push it first.`);
  const untracked = now.foreign.filter((name) => name.endsWith('/'));
  if (untracked.length > 0) {
    const names = untracked.slice(0, 3).join(', ');
    return reject(
      'conflict',
      `${names} in ${path} is a repository of its own, which cannot be kept; move it away first.`,
    );
  }
  let { work } = look;
  await unlock(workspace, project);
  const copied = await copiedIn({ workspace, project, now, known: before.copied(workspace.id) });
  const changed = copied.changed.filter((file) => !look.before.has(file));
  const without = new Set([...look.before, ...copied.same, ...changed]);
  if (now.changes > without.size) {
    const note = changed.length > 0 ? `\n\n${noteOn(changed)}` : '';
    await commitAll(path, `${KEPT_MESSAGE}${note}`, [...without]);
    seen = await seenNow(path);
    const then = await lookInto(workspace, project.trusted, before);
    // Deletions may be left out of the commit, see `commitAll`; they are no work that could be lost.
    const files = [...then.now.untracked, ...then.now.changed.filter((file) => isThere(join(path, file)))];
    if (files.some((file) => !without.has(file) && !then.now.foreign.includes(file))) {
      return reject('conflict', `Somebody works in ${path}, so it was left as it is. Try again.`);
    }
    ({ work } = then);
  }
  const kept = await keepCommits(project.path, branch, work);
  const apart =
    changed.length > 0 ? { folder: join(dataFolder, 'kept', `${workspace.id}-copied`), files: changed } : null;
  return accept({ step: 'moving', kept: [...kept], seen, apart });
}

function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

function noteOn(files: readonly string[]): string {
  const names = files.slice(0, NAMED).join(', ');
  const more = files.length > NAMED ? ` and ${files.length - NAMED} more` : '';
  return `Without ${names}${more}: Drover had copied ${files.length === 1 ? 'it' : 'them'} into the workspace.`;
}

/** The names of the branches that hold what is nowhere else; commits on no branch get one. */
async function keepCommits(cwd: string, branch: string, work: Work): Promise<Set<string>> {
  const kept = new Set<string>();
  for (const one of work.open) kept.add(one.branch ?? (await rescue(cwd, branch, one.commit)));
  for (const { commit, branches } of work.elsewhere) kept.add(branches[0] ?? (await rescue(cwd, branch, commit)));
  return kept;
}

/** There is no folder, or git was killed while it made it: keeps what git remembers of it. */
async function keepOfGone({ workspace, project }: RemoveOptions, known: Worktree | null): Promise<Result<Kept>> {
  const work = await workOf(project.path, workspace, known, null);
  const kept = await keepCommits(project.path, workspace.branch, work);
  return accept({ step: 'moving', kept: [...kept], seen: null, apart: null });
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
    const there = await branchCommit(cwd, name);
    // One that a removal made before it was interrupted.
    if (there === commit) return name;
    if (there !== null) continue;
    await createBranch(cwd, name, commit);
    return name;
  }
}
