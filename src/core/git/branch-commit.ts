import { isBranchName } from './branch-name.ts';
import { GitError } from './git-error.ts';
import { proveAbsent } from './prove-absent.ts';
import { askGit, runGit } from './run-git.ts';

/**
 * The commit a branch of this repository points to, or null when there is no such branch. One git process where there
 * is. Rejects with `GitError` when git cannot tell, as of a branch that is damaged or may not be read.
 */
export async function branchCommit(cwd: string, branch: string): Promise<string | null> {
  const ref = `refs/heads/${branch}`;
  try {
    return (await runGit({ cwd, args: ['show-ref', '--verify', '--hash', '--', ref] })).trim();
  } catch (error) {
    if (!(error instanceof GitError) || error.exitCode === null) throw error;
    // The same without the answer: only so git has an exit code for a ref that it does not find.
    const args = ['show-ref', '--verify', '--quiet', '--', ref];
    const [found, proof] = await Promise.allSettled([
      askGit({ cwd, args, expect: [0, 1] }),
      isBranchName(branch) ? proveAbsent(cwd, ref) : null,
    ]);
    if (found.status === 'rejected') throw found.reason;
    if (found.value.exitCode === 0) throw error;
    if (proof.status === 'rejected') throw proof.reason;
    return null;
  }
}
