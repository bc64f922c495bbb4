import { GitError } from './git-error.ts';
import { runGit } from './run-git.ts';

/** The commit a branch of this repository points to, or null when there is no such branch. */
export async function branchCommit(cwd: string, branch: string): Promise<string | null> {
  try {
    const text = await runGit({ cwd, args: ['show-ref', '--verify', '--hash', '--', `refs/heads/${branch}`] });
    return text.trim();
  } catch (error) {
    if (error instanceof GitError && error.stderr.includes('not a valid ref')) return null;
    throw error;
  }
}
