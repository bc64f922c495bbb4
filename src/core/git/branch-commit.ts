import { askGit } from './run-git.ts';

/** The commit a branch of this repository points to, or null when there is no such branch. */
export async function branchCommit(cwd: string, branch: string): Promise<string | null> {
  const commit = await askGit({ cwd, args: ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`] });
  return commit === null ? null : commit.trim();
}
