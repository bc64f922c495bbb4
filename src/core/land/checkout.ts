import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../../contract/project/state.ts';
import { plural } from '../../contract/words/measure.ts';
import type { ChangedFile, Workspace } from '../../contract/workspace/state.ts';
import { gitDirOf } from '../git/git-dir-of.ts';
import { indexLock } from '../git/index-lock.ts';
import { status } from '../git/status.ts';
import { type Worktree, worktreeList } from '../git/worktree-list.ts';
import { whatIsUnderWay } from '../git/worktree-state.ts';

const NAMED = 3;

/** Where a branch is checked out. */
export interface Checkout {
  path: string;
  /** Why it cannot be moved along, as a sentence; null when it can. */
  problem: string | null;
}

interface Options {
  project: Project;
  onto: string;
  /** All that Drover has made. */
  workspaces: readonly Workspace[];
  /** Milliseconds that a locked index is waited for. */
  lockMs: number;
}

/** Finds the worktree that has a branch checked out, or rebases it; null when there is none. Rejects with `GitError`. */
export async function findCheckout(options: Options): Promise<Checkout | null> {
  const { project, onto, workspaces } = options;
  for (const worktree of await worktreeList(project.path)) {
    const { path } = worktree;
    const gitDir = await gitDirOf(path);
    const doing = gitDir === null ? null : await whatIsUnderWay(gitDir);
    if (worktree.branch !== onto && doing?.rebased !== onto) continue;
    const own = workspaces.find((one) => one.path === path && one.state !== 'removed');
    if (own) return { path, problem: `${onto} is checked out in the workspace ${own.id}, where a task works.` };
    return { path, problem: await problemOf(options, worktree, gitDir, doing?.underWay ?? null) };
  }
  return null;
}

async function problemOf(
  { project, onto, lockMs }: Options,
  { path }: Worktree,
  gitDir: string | null,
  underWay: string | null,
): Promise<string | null> {
  if (gitDir === null) return `${onto} is checked out in ${path}, which is gone; git worktree prune forgets it.`;
  if (underWay !== null)
    return `A ${underWay} is in progress in ${path}, where ${onto} is checked out; finish it first.`;
  const lock = await indexLock(gitDir, lockMs);
  if (lock !== null) return `Another git is at work in ${path}, or was ended there: ${lock} exists.`;
  const { changed } = await status(path, { trusted: project.trusted });
  if (changed.length === 0) return null;
  return `${path}, where ${onto} is checked out, has uncommitted changes (${named(changed)}); commit or stash them there, or land on another branch.`;
}

/** A sentence on files that the landing makes in a checkout where something else stands; null when nothing is there. */
export async function inTheWay(path: string, files: readonly ChangedFile[]): Promise<string | null> {
  const found: string[] = [];
  for (const file of files) {
    if (file.status !== 'added') continue;
    if (await isThere(join(path, file.path))) found.push(file.path);
    if (found.length > NAMED) break;
  }
  if (found.length === 0) return null;
  return `In ${path} there is something that git does not track where the landing makes a file (${named(found)}); move it away first.`;
}

async function isThere(path: string): Promise<boolean> {
  // Something that is no folder stands above it: git itself will refuse.
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function named(paths: readonly string[]): string {
  const names = paths.slice(0, NAMED).join(', ');
  return paths.length > NAMED ? `${names} and ${plural(paths.length - NAMED, 'more', 'more')}` : names;
}
