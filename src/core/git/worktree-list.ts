import { askGit, runGit } from './run-git.ts';

export interface Worktree {
  path: string;
  /** Null where there is no commit yet, and in a bare repository. */
  commit: string | null;
  /** Short name; null when detached. */
  branch: string | null;
  /** Why it is locked (may be empty); null when it is not. Git locks with `initializing` while it makes one. */
  locked: string | null;
}

/** All worktrees of the repository, the main one first (`git worktree list --porcelain`). */
export async function worktreeList(cwd: string): Promise<Worktree[]> {
  const args = ['worktree', 'list', '--porcelain'];
  // Git before 2.36 knows no -z (129 is its answer to an unknown option) and cannot tell line breaks in paths.
  const { exitCode, text } = await askGit({ cwd, args: [...args, '-z'], expect: [0, 129] });
  return exitCode === 0 ? parseWorktrees(text, '\0') : parseWorktrees(await runGit({ cwd, args }), '\n');
}

/** Reads what `git worktree list --porcelain` printed: attributes that end with `end`, worktrees with one more. */
export function parseWorktrees(text: string, end: '\0' | '\n'): Worktree[] {
  const worktrees: Worktree[] = [];
  for (const block of text.split(end + end)) {
    const worktree: Worktree = { path: '', commit: null, branch: null, locked: null };
    for (const line of block.split(end)) {
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
