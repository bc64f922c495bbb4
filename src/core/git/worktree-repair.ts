import { runGit } from './run-git.ts';

/**
 * `git worktree repair`: mends how a worktree and the repository in `cwd` point to each other, after one of them was
 * moved. Rejects with `GitError` when the repository knows no such worktree.
 */
export async function worktreeRepair(cwd: string, worktree: string): Promise<void> {
  await runGit({ cwd, writes: true, args: ['worktree', 'repair', '--', worktree] });
}
