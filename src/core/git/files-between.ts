import { runGit } from './run-git.ts';

/** The paths of the files that differ between two commits, by their ids. */
export async function filesBetween(cwd: string, from: string, to: string): Promise<string[]> {
  if (from === to) return [];
  const args = ['diff', '--name-only', '-z', '--no-ext-diff', '--no-textconv', '--no-renames', from, to, '--'];
  return (await runGit({ cwd, args })).split('\0').filter((path) => path !== '');
}
