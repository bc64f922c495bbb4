import { GitError } from './git-error.ts';
import { askGit } from './run-git.ts';

/**
 * Makes sure that a ref (`refs/heads/main`, `HEAD`) which git did not find is not there: git says no as well where it is
 * damaged or may not be read. Rejects with `GitError` then. Asking what it is a symbol for tells the two apart: that
 * fails of a ref that cannot be read, and of none that is missing.
 */
export async function proveAbsent(cwd: string, ref: string, discover = false): Promise<void> {
  const args = ['symbolic-ref', '--quiet', '--', ref];
  const { exitCode } = await askGit({ cwd, discover, args, expect: [0, 1, 128] });
  if (exitCode === 128) {
    throw new GitError(
      args,
      cwd,
      exitCode,
      `fatal: ${ref} is there but cannot be read. It may be damaged, or this user may not read it.`,
    );
  }
}
