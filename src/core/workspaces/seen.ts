import { headCommit } from '../git/head-commit.ts';
import { runGit } from '../git/run-git.ts';
import type { Removal } from './rows.ts';

/** The commit that is checked out and how many files differ from it, submodules left aside. */
export async function seenNow(cwd: string): Promise<NonNullable<Removal['seen']>> {
  const args = ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all', '--ignore-submodules=all'];
  const changes = (await runGit({ cwd, args })).split('\0').length - 1;
  return { commit: await headCommit(cwd), changes };
}
