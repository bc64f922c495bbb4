import { constants } from 'node:fs';
import { copyFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Puts a copy of `index` in the place of the index of a git folder, in one step and under the lock that git itself takes.
 * Rejects while somebody has that.
 */
export async function replaceIndex(gitDir: string, index: string): Promise<void> {
  const lock = join(gitDir, 'index.lock');
  await copyFile(index, lock, constants.COPYFILE_EXCL);
  await rename(lock, join(gitDir, 'index'));
}
