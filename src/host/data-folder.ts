import { access, constants, mkdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { dataFolder } from '../contract/data-folder.ts';
import { accept, type Result, reject } from '../contract/rejection.ts';
import { describeSystemError } from '../core/base/system-error.ts';
import { claimContents, claimFolder } from './claim-files.ts';

/** The data folder: `given` (of `--data`), else where clients look for it too. Absolute. */
export function dataFolderOf(given: string | null, env: Readonly<Record<string, string | undefined>>): string {
  return path.resolve(given || dataFolder({ platform: process.platform, env, home: homedir() }));
}

/**
 * Makes the folder where it is not there yet, and sees to it that what is in it is for this user only, whatever its
 * rights were before. Rejected with a sentence when that cannot be: it is somebody else's, or cannot be written.
 */
export async function makeDataFolder(folder: string): Promise<Result<string>> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (!(await stat(folder)).isDirectory()) return reject('unavailable', `${folder} is not a folder.`);
    const problem = (await claimFolder(folder)) ?? (await claimContents(folder));
    if (problem !== null) return reject('unavailable', problem);
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    const logs = path.join(folder, 'logs');
    await mkdir(logs, { recursive: true, mode: 0o700 });
    await access(logs, constants.W_OK | constants.X_OK);
    return accept(folder);
  } catch (error) {
    const words = describeSystemError(error, folder);
    if (words === null) throw error;
    return reject('unavailable', words);
  }
}
