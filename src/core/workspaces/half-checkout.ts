import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { branchCommit } from '../git/branch-commit.ts';
import { runGit } from '../git/run-git.ts';

/**
 * Whether a folder that git does not know holds nothing but a part of what git was to check out there: git that is ended
 * takes back its worktree, first the entry and then the files, and may be killed in between. Git had made the branch, and
 * every file is one of the commit.
 */
export async function isHalfCheckout(options: {
  repository: string;
  path: string;
  branch: string;
  commit: string;
}): Promise<boolean> {
  const { repository, path, branch, commit } = options;
  if ((await branchCommit(repository, branch)) !== commit) return false;
  const args = ['ls-tree', '-r', '-t', '-z', '--name-only', '--full-tree', commit];
  const known = new Set((await runGit({ cwd: repository, args })).split('\0'));
  return onlyKnown(path, '', known);
}

async function onlyKnown(root: string, folder: string, known: ReadonlySet<string>): Promise<boolean> {
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (path === '.git' && entry.isFile()) continue;
    if (!known.has(path)) return false;
    if (entry.isDirectory() && !(await onlyKnown(root, path, known))) return false;
  }
  return true;
}
