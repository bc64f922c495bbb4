import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Item } from '../../contract/task/state.ts';
import { commitsBetween } from '../git/commits-between.ts';
import { filesBetween } from '../git/files-between.ts';
import { status } from '../git/status.ts';

const MOST_COMMITS = 20;
const MOST_FILES = 50;

/** How a workspace stands: what is checked out, and what is in no commit, with when it was written. */
export interface Work {
  commit: string | null;
  loose: ReadonlyMap<string, string>;
}

/** What has changed since, newest commit first; `more` files are not named. */
export interface WorkChange {
  commits: string[];
  files: string[];
  more: number;
}

/** Looks at a workspace. Rejects with `GitError`. */
export async function lookAtWork(folder: string): Promise<Work> {
  const { commit, changed, untracked } = await status(folder);
  const loose = new Map<string, string>();
  for (const path of [...changed, ...untracked]) loose.set(path, await stampOf(join(folder, path)));
  return { commit, loose };
}

/** What has changed in a workspace since it was looked at. Rejects with `GitError`. */
export async function workSince(folder: string, before: Work): Promise<WorkChange> {
  const now = await lookAtWork(folder);
  const [from, to] = [before.commit, now.commit];
  const moved = from !== null && to !== null && from !== to;
  const files = new Set(moved ? await filesBetween(folder, from, to) : []);
  for (const [path, stamp] of now.loose) if (before.loose.get(path) !== stamp) files.add(path);
  // Committed, which is named above, or as it was.
  for (const path of before.loose.keys()) if (!now.loose.has(path)) files.add(path);
  const sorted = [...files].sort();
  return {
    commits: moved ? await commitsBetween(folder, from, to, MOST_COMMITS) : [],
    files: sorted.slice(0, MOST_FILES),
    more: Math.max(0, sorted.length - MOST_FILES),
  };
}

export type LookAtWork = typeof lookAtWork;
export type WorkSince = typeof workSince;

async function stampOf(path: string): Promise<string> {
  try {
    const { mtimeMs, size } = await lstat(path);
    return `${mtimeMs}:${size}`;
  } catch {
    return 'gone';
  }
}

/** The items that were added or whose status has changed, as the checklist has them now. */
export function changedItems(before: readonly Item[], now: readonly Item[]): Item[] {
  const was = new Map(before.map(({ id, status }) => [id, status]));
  return now.filter(({ id, status }) => was.get(id) !== status);
}
