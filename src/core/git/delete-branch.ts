import { runGit } from './run-git.ts';

/**
 * Deletes a branch that still points to `commit`; rejects with `GitError` when it has moved. The caller knows that the
 * commit is contained elsewhere and that no worktree has the branch checked out.
 */
export async function deleteBranch(cwd: string, branch: string, commit: string): Promise<void> {
  await runGit({ cwd, writes: true, args: ['update-ref', '-d', `refs/heads/${branch}`, commit] });
}
