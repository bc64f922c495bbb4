import { lstat, readFile, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../../contract/project/state.ts';
import { ifThere } from '../base/if-there.ts';
import { fileAt, restoreFiles } from '../git/file-at.ts';
import { filesOfTrees } from '../git/files-of-trees.ts';
import { gitDirOf } from '../git/git-dir-of.ts';
import { commonFolder } from '../git/prove-worktree.ts';
import { clearStaleLocks } from '../git/stale-locks.ts';
import { status } from '../git/status.ts';

/** What may be missing at the end of a file that git was writing, in characters that are only half there. */
const CUT = 4;
const NAMED = 3;

interface Options {
  /** A checkout of `branch` that was being moved from `at` to `to`, and was clean before. */
  path: string;
  branch: string;
  at: string;
  to: string;
  project: Project;
}

/**
 * Brings a checkout back to `at`, where its branch still is, after a git that moved it was killed. Only files that the
 * move changes are touched, and only where they hold what git has written or was about to: what anybody else has written
 * since stays, and the sentence that is returned names it. Null when all is as it was. Rejects with `GitError`.
 */
export async function repairCheckout({ path, branch, at, to, project }: Options): Promise<string | null> {
  const [gitDir, commonDir] = await Promise.all([gitDirOf(path), commonFolder(project.path)]);
  if (gitDir === null || commonDir === null) return null;
  await clearStaleLocks({ commonDir, gitDir, branch, path, repository: project.path, shared: true });
  const now = await status(path, { trusted: project.trusted });
  if (now.branch !== branch || now.commit !== at) return null;
  const moved = new Map((await filesOfTrees(path, at, to)).map((file) => [file.path, file]));
  const restore: string[] = [];
  const remove: string[] = [];
  const others: string[] = [];
  for (const file of now.changed) {
    const ours = moved.has(file) && (await isOurs(path, file, [at, to]));
    if (ours) restore.push(file);
    else others.push(file);
  }
  for (const file of now.untracked) {
    if (moved.get(file)?.status !== 'added') continue;
    if (await isOurs(path, file, [to])) remove.push(file);
    else others.push(file);
  }
  for (const file of remove) await rm(join(path, file), { force: true });
  if (restore.length > 0) await restoreFiles(path, at, restore);
  if (others.length === 0) return null;
  const names = others.slice(0, NAMED).join(', ');
  return `In ${path} these files were changed by somebody else and left as they are: ${names}${others.length > NAMED ? ' and more' : ''}.`;
}

/** Whether a file is absent, what one of the commits has, or the beginning of the last one’s. */
async function isOurs(path: string, file: string, commits: readonly string[]): Promise<boolean> {
  const full = join(path, file);
  const stat = await ifThere(lstat(full));
  if (stat === null) return true;
  if (!stat.isFile() && !stat.isSymbolicLink()) return false;
  const text = stat.isFile() ? await readFile(full, 'utf8') : await readlink(full);
  const texts = await Promise.all(commits.map((commit) => fileAt(path, commit, file)));
  return texts.includes(text) || (texts.at(-1)?.startsWith(text.slice(0, -CUT)) ?? false);
}
