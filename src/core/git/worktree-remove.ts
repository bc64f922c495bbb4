import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ifThere } from '../base/if-there.ts';
import { commonFolder } from './prove-worktree.ts';
import { runGit } from './run-git.ts';

/**
 * `git worktree remove` of one whose folder is gone: only its entry goes, whatever is locked or inside it. Where there is
 * a folder at `path`, it goes too, so the caller knows that there is none.
 */
export async function worktreeForget(cwd: string, path: string): Promise<void> {
  await runGit({ cwd, writes: true, args: ['worktree', 'remove', '--force', '--force', '--', path] });
}

/**
 * Takes away what git, killed right when it began to make the worktree at `path`, has left of its entry: without the
 * file `gitdir` in it no git knows it, and its lock keeps it for ever.
 */
export async function forgetUnfinished(cwd: string, path: string): Promise<void> {
  const commonDir = await commonFolder(cwd);
  if (commonDir === null) return;
  const entry = join(commonDir, 'worktrees', basename(path));
  const read = (name: string) => ifThere(readFile(join(entry, name), 'utf8'));
  const names = await ifThere(readdir(entry));
  if (names === null) return;
  const [lock, gitDir] = await Promise.all([read('locked'), read('gitdir')]);
  const begun = names.length === 0 || lock?.trim() === 'initializing';
  if (begun && (gitDir ?? '').trim() === '') await rm(entry, { recursive: true, force: true });
}
