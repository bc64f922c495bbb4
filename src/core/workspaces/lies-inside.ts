import { realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import { ifThere } from '../base/if-there.ts';
import { isWithin } from '../base/is-within.ts';

/** Whether a path stays in the folder, also after every symbolic link on the way to it was followed. */
export async function liesInside(folder: string, path: string): Promise<boolean> {
  const parts = path.split(/[/\\]/);
  if (isAbsolute(path) || path.includes('\0') || parts.some((part) => part === '..' || part === '' || part === '.')) {
    return false;
  }
  if (parts[0]?.toLowerCase() === '.git') return false;
  const root = await realpath(folder);
  for (let parent = dirname(join(root, path)); parent.length > root.length; parent = dirname(parent)) {
    // A folder that is gone, as that of a deleted file, leads nowhere.
    const real = await realpath(parent).catch(() => null);
    if (real !== null) return isWithin(root, real);
  }
  return true;
}

/** A file of a workspace for a program to open. Refused when it is not there, or when it or a link leads out of the folder. */
export async function fileInside(folder: string, path: string): Promise<Result<string>> {
  const outside = reject('invalid', 'The path is not inside the workspace.');
  if (!(await liesInside(folder, path))) return outside;
  const file = join(folder, path);
  const real = await ifThere(realpath(file));
  if (real === null || !(await stat(real)).isFile()) return reject('not-found', `There is no file ${path}.`);
  return isWithin(await realpath(folder), real) ? accept(file) : outside;
}
