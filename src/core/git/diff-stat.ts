import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runGit } from './run-git.ts';

export interface DiffStat {
  files: number;
  insertions: number;
  deletions: number;
}

/** Lines are counted in so many untracked files and bytes; beyond that only the files count. */
const UNTRACKED_FILES_READ = 500;
const UNTRACKED_BYTES_READ = 16 * 1024 * 1024;

/**
 * What a worktree changes against a commit, uncommitted changes included. Untracked files (as given by `status`) count
 * as new; their lines are counted for the first 500 files and 16 MB.
 */
export async function diffStat(cwd: string, commit: string, untracked: readonly string[] = []): Promise<DiffStat> {
  const text = await runGit({
    cwd,
    args: ['diff', '--shortstat', '--no-ext-diff', '--no-textconv', '--no-renames', commit, '--'],
  });
  const number = (pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? 0);
  return {
    files: number(/(\d+) files? changed/) + untracked.length,
    insertions: number(/(\d+) insertion/) + (await countLines(cwd, untracked)),
    deletions: number(/(\d+) deletion/),
  };
}

async function countLines(cwd: string, paths: readonly string[]): Promise<number> {
  let lines = 0;
  let left = UNTRACKED_BYTES_READ;
  for (const path of paths.slice(0, UNTRACKED_FILES_READ)) {
    try {
      const full = join(cwd, path);
      const stat = await lstat(full);
      if (!stat.isFile() || stat.size > left) continue;
      left -= stat.size;
      const bytes = await readFile(full);
      // Git takes a NUL in the first 8000 bytes for a binary file, which has no lines.
      if (bytes.subarray(0, 8000).includes(0)) continue;
      for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines += 1;
      if (bytes.length > 0 && bytes[bytes.length - 1] !== 10) lines += 1;
    } catch {
      // Gone since the status was read.
    }
  }
  return lines;
}
