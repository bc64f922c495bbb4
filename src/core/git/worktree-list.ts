import { runGit } from './run-git.ts';

export interface Worktree {
  path: string;
  /** Null where there is no commit yet, and in a bare repository. */
  commit: string | null;
  /** Short name; null when detached. */
  branch: string | null;
  /** Why it is locked (may be empty); null when it is not. Git locks with `initializing` while it makes one. */
  locked: string | null;
}

/** All worktrees of the repository, the main one first (`git worktree list --porcelain -z`, git 2.36 or newer). */
export async function worktreeList(cwd: string): Promise<Worktree[]> {
  const text = await runGit({ cwd, args: ['worktree', 'list', '--porcelain', '-z'] });
  const worktrees: Worktree[] = [];
  for (const block of text.split('\0\0')) {
    const worktree: Worktree = { path: '', commit: null, branch: null, locked: null };
    for (const line of block.split('\0')) {
      const space = line.indexOf(' ');
      const [name, value] = space === -1 ? [line, ''] : [line.slice(0, space), line.slice(space + 1)];
      if (name === 'worktree') worktree.path = value;
      else if (name === 'HEAD') worktree.commit = /^0+$/.test(value) ? null : value;
      else if (name === 'branch') worktree.branch = value.replace(/^refs\/heads\//, '');
      else if (name === 'locked') worktree.locked = value;
    }
    if (worktree.path !== '') worktrees.push(worktree);
  }
  return worktrees;
}
