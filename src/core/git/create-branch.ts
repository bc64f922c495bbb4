import { runGit } from './run-git.ts';

/** Makes a branch at a commit. Rejects with `GitError` when the branch exists. */
export async function createBranch(cwd: string, branch: string, commit: string): Promise<void> {
  // An old value of zeros means: only if it does not exist.
  const none = '0'.repeat(commit.length);
  await runGit({ cwd, writes: true, args: ['update-ref', `refs/heads/${branch}`, commit, none] });
}
