import { existsSync } from 'node:fs';
import path from 'node:path';
import { findProgram } from '../core/process/find-program.ts';
import type { Opener } from './openers.ts';

/** Where the program of an opener is in this environment; null when it is not there. */
export function programOf({ program, application }: Opener, env: Record<string, string>): string | null {
  if (application !== undefined) {
    const folders = ['/Applications', path.join(env.HOME ?? '/', 'Applications')];
    if (!folders.some((folder) => existsSync(path.join(folder, `${application}.app`)))) return null;
  }
  const found = findProgram(program, env.PATH ?? env.Path);
  if (found === null || !/\.(cmd|bat)$/i.test(found)) return found;
  // Windows runs batch files only in a shell. Editors of this kind have their program in the folder above.
  const beside = path.join(path.dirname(found), '..', `${path.parse(found).name}.exe`);
  return existsSync(beside) ? beside : null;
}
