import { runGit } from './run-git.ts';

/** How many commits `tip` has that `base` does not; both are commit ids. */
export async function ahead(cwd: string, base: string, tip: string): Promise<number> {
  if (base === tip) return 0;
  return Number(await runGit({ cwd, args: ['rev-list', '--count', tip, `^${base}`, '--'] }));
}
