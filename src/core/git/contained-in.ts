import { runGit } from './run-git.ts';

/**
 * Whether a commit is contained in one of the refs that `patterns` select (`refs/heads/main`, `refs/tags`). Refs that
 * do not exist contain nothing.
 */
export async function containedIn(cwd: string, commit: string, patterns: readonly string[]): Promise<boolean> {
  if (patterns.length === 0) return false;
  const args = ['for-each-ref', '--count=1', '--format=%(refname)', `--contains=${commit}`, ...patterns];
  return (await runGit({ cwd, args })) !== '';
}

/** Whether a commit is contained in a branch or remote branch of this name. */
export function isMerged(cwd: string, commit: string, branch: string): Promise<boolean> {
  return containedIn(cwd, commit, [`refs/heads/${branch}`, `refs/remotes/${branch}`]);
}
