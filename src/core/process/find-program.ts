import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * The absolute path of an executable file, or null. A name is looked for in the folders of `pathEnv`, in order; folders
 * that are not absolute are passed over, so that what is found does not depend on the working directory. A name with a
 * folder in it must be absolute. Windows: the endings of PATHEXT are tried.
 */
export function findProgram(name: string, pathEnv: string | undefined): string | null {
  if (name === '' || name.includes('\0')) return null;
  if (isAbsolute(name)) return firstExecutable(name);
  if (name.includes('/') || (process.platform === 'win32' && name.includes('\\'))) return null;
  for (const folder of (pathEnv ?? '').split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const found = firstExecutable(join(folder, name));
    if (found) return found;
  }
  return null;
}

function firstExecutable(path: string): string | null {
  const endings = process.platform === 'win32' ? ['', ...(process.env.PATHEXT ?? '.EXE;.CMD;.BAT').split(';')] : [''];
  for (const ending of endings) {
    if (isExecutable(path + ending)) return path + ending;
  }
  return null;
}

function isExecutable(path: string): boolean {
  try {
    if (!statSync(path).isFile()) return false;
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
