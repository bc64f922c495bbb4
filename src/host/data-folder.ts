import { mkdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { dataFolder } from '../contract/data-folder.ts';
import { accept, type Outcome, reject } from '../contract/rejection.ts';

/** The data folder: `given` (of `--data`), else where clients look for it too. Absolute. */
export function dataFolderOf(given: string | null, env: Readonly<Record<string, string | undefined>>): string {
  return path.resolve(given || dataFolder({ platform: process.platform, env, home: homedir() }));
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
