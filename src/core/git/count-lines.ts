import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Lines are counted in so many files and bytes; beyond that there is no count. */
const FILES_READ = 500;
const BYTES_READ = 16 * 1024 * 1024;

/** `binary`: there are no lines; `not-counted`: there may be, but they were not read. */
export type Counted = number | 'binary' | 'not-counted';

/**
 * The number of lines of files in `cwd`, by path. Not counted: what cannot be read, and what comes after the first 500
 * files or 16 MB. What is gone or no file is left out; a symbolic link has one line, as for git.
 */
export async function countLines(cwd: string, paths: readonly string[]): Promise<Map<string, Counted>> {
  const counts = new Map<string, Counted>();
  let left = BYTES_READ;
  for (const [at, path] of paths.entries()) {
    if (at >= FILES_READ) {
      counts.set(path, 'not-counted');
      continue;
    }
    const full = join(cwd, path);
    const stat = await lstat(full).catch(() => null);
    if (stat?.isSymbolicLink()) counts.set(path, 1);
    if (!stat?.isFile()) continue;
    if (stat.size > left) {
      counts.set(path, 'not-counted');
      continue;
    }
    left -= stat.size;
    const bytes = await readFile(full).catch(() => null);
    counts.set(path, bytes === null ? 'not-counted' : linesOf(bytes));
  }
  return counts;
}

function linesOf(bytes: Uint8Array): Counted {
  if (looksBinary(bytes)) return 'binary';
  let lines = bytes.length > 0 && bytes[bytes.length - 1] !== 10 ? 1 : 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}

/** Git takes a NUL in the first 8000 bytes for a binary file, which has no lines. */
export function looksBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8000).includes(0);
}
