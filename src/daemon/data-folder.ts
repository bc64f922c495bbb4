import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import envPaths from 'env-paths';
import { accept, type Outcome, reject } from '../contract/rejection.ts';

/**
 * Where Drover keeps everything: `given` (of `--data`), else DROVER_DATA, else the system's place for data of
 * applications (Linux: XDG_DATA_HOME/drover, which is ~/.local/share/drover). Absolute.
 */
export function dataFolderOf(given: string | null, env: Readonly<Record<string, string | undefined>>): string {
  return path.resolve(given || env.DROVER_DATA || envPaths('drover', { suffix: '' }).data);
}

/** Makes the folder, for this user only, where it is not there yet. Rejected with a sentence when that cannot be. */
export async function makeDataFolder(folder: string): Promise<Outcome<string>> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (!(await stat(folder)).isDirectory()) return reject('unavailable', `${folder} is not a folder.`);
    return accept(folder);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST' || code === 'ENOTDIR') {
      return reject('unavailable', `The data folder ${folder} cannot be made: something in its place is no folder.`);
    }
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
      return reject('unavailable', `The data folder ${folder} cannot be made: this user may not write there.`);
    }
    if (code === 'ENOSPC') return reject('unavailable', `The data folder ${folder} cannot be made: the disk is full.`);
    throw error;
  }
}
