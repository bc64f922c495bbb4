import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * Bytes of all files below a folder, links counted as themselves; 0 when it is not there. Null when there is more to look
 * at than `most` entries: nobody waits for a walk through a hundred thousand files.
 */
export async function folderSize(folder: string, most: number): Promise<number | null> {
  let bytes = 0;
  let left = most;
  const open = [folder];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    let entries: Dirent[];
    try {
      entries = await readdir(at, { withFileTypes: true });
    } catch {
      continue;
    }
    left -= entries.length;
    if (left < 0) return null;
    for (const entry of entries) {
      const file = path.join(at, entry.name);
      if (entry.isDirectory()) open.push(file);
      else bytes += await sizeOf(file);
    }
  }
  return bytes;
}

/** Bytes of a file; 0 when it is not there. */
export async function sizeOf(file: string): Promise<number> {
  return (await lstat(file).catch(() => null))?.size ?? 0;
}
