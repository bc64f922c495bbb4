import { lstat, readFile, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ifThere } from '../base/if-there.ts';

/** The git folder of a worktree's own, also of the main one; null where the folder is no worktree. No process. */
export async function gitDirOf(worktree: string): Promise<string | null> {
  const dotGit = join(worktree, '.git');
  const stat = await ifThere(lstat(dotGit));
  if (stat === null) return null;
  if (!stat.isFile()) return ifThere(realpath(dotGit));
  const named = /^gitdir: (.+)$/s.exec((await readFile(dotGit, 'utf8')).replace(/\r?\n$/, ''))?.[1];
  return named === undefined ? null : ifThere(realpath(resolve(worktree, named)));
}
