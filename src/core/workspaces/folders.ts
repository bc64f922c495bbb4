import { chmod, lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ifThere } from '../base/if-there.ts';

export type FolderState = 'none' | 'empty' | 'used';

/** Whether there is something at the path; anything that is not an empty folder counts as used. */
export async function folderState(path: string): Promise<FolderState> {
  try {
    const stat = await lstat(path);
    return stat.isDirectory() && (await readdir(path)).length === 0 ? 'empty' : 'used';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'none';
    throw error;
  }
}

/** Whether there is a worktree at the path, wholly or in part. Rejects where that cannot be told. */
export async function isWorktree(path: string): Promise<boolean> {
  return (await ifThere(lstat(join(path, '.git')))) !== null;
}

/** Deletes a folder with all in it, also folders that were made read-only, as caches of packages are. Follows no link. */
export async function deleteFolder(path: string): Promise<void> {
  const all = { recursive: true, force: true, maxRetries: 3 } as const;
  try {
    await rm(path, all);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'EACCES' && code !== 'EPERM') throw error;
    await makeWritable(path);
    await rm(path, all);
  }
}

async function makeWritable(path: string): Promise<void> {
  await chmod(path, 0o700).catch(() => {});
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.isDirectory()) await makeWritable(join(path, entry.name));
  }
}
