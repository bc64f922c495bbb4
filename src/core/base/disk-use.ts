import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';

/** Blocks are counted in units of this, whatever those of the file system are. */
const BLOCK = 512;
/** Files that are looked at side by side. */
const AT_ONCE = 32;

export interface DiskUse {
  bytes: number;
  /** False when it was stopped, or there was more to look at than was wanted: it is at least so much. */
  complete: boolean;
  /** Folders below it that are repositories or worktrees of their own, relative to it and with `/`. */
  repositories: string[];
}

/**
 * What a folder and everything in it takes on its disk: blocks, so that holes of a file do not count, and a file with
 * several names once. No link is followed, and no other file system entered. Stops after `most` entries, after `limitMs`,
 * or when `signal` aborts. Never rejects; 0 for what is not there.
 */
export async function diskUse(
  folder: string,
  { most, limitMs, signal }: { most: number; limitMs: number; signal?: AbortSignal | undefined },
): Promise<DiskUse> {
  const until = performance.now() + limitMs;
  const use: DiskUse = { bytes: 0, complete: true, repositories: [] };
  const seen = new Set<string>();
  const root = await lstat(folder).catch(() => null);
  if (root === null) return use;
  let left = most;
  const open = [folder];

  async function add(file: string): Promise<void> {
    const stat = await lstat(file).catch(() => null);
    if (stat === null) return;
    if (stat.nlink > 1 && !stat.isDirectory()) {
      const name = `${stat.dev}:${stat.ino}`;
      if (seen.has(name)) return;
      seen.add(name);
    }
    // Windows tells no blocks.
    use.bytes += stat.blocks === undefined ? stat.size : stat.blocks * BLOCK;
    if (stat.isDirectory() && stat.dev === root?.dev) open.push(file);
  }

  use.bytes += root.blocks === undefined ? 0 : root.blocks * BLOCK;
  if (!root.isDirectory()) return use;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    let entries: Dirent[];
    try {
      entries = await readdir(at, { withFileTypes: true });
    } catch {
      // What may not be read is not told.
      use.complete = false;
      continue;
    }
    if (at !== folder && entries.some(({ name }) => name === '.git')) {
      use.repositories.push(path.relative(folder, at).split(path.sep).join('/'));
    }
    for (let from = 0; from < entries.length; from += AT_ONCE) {
      if (signal?.aborted || left <= 0 || performance.now() > until) return { ...use, complete: false };
      const some = entries.slice(from, from + AT_ONCE);
      left -= some.length;
      await Promise.all(some.map((entry) => add(path.join(at, entry.name))));
    }
  }
  return use;
}
