import { runGit } from './run-git.ts';

/**
 * Whether a commit is contained in one of the refs that `patterns` select (`refs/heads/main`, `refs/tags`), the ref
 * `except` left aside. Refs that do not exist contain nothing.
 */
export async function containedIn(
  cwd: string,
  commit: string,
  patterns: readonly string[],
  except?: string,
): Promise<boolean> {
  const args = ['for-each-ref', '--count=2', '--format=%(refname)', `--contains=${commit}`, ...patterns];
  const found = (await runGit({ cwd, args })).split('\n');
  return found.some((ref) => ref !== '' && ref !== except);
}

/** Whether a commit is contained in any branch, remote branch or tag but `except`, so that git keeps it. */
export function isKept(cwd: string, commit: string, except?: string): Promise<boolean> {
  return containedIn(cwd, commit, ['refs/heads', 'refs/remotes', 'refs/tags'], except);
}
