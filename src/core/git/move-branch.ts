import { runGit } from './run-git.ts';

/**
 * Moves a branch from one commit to another; rejects with `GitError` when it is no longer at `from`. The caller knows
 * that no worktree has it checked out. `why` is for the log of the branch.
 */
export async function moveBranch(options: {
  cwd: string;
  branch: string;
  from: string;
  to: string;
  why: string;
  trusted: boolean;
}): Promise<void> {
  const { cwd, branch, from, to, why, trusted } = options;
  await runGit({ cwd, trusted, writes: true, args: ['update-ref', '-m', why, `refs/heads/${branch}`, to, from] });
}
