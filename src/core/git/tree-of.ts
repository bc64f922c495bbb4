import { runGit } from './run-git.ts';

/** The tree of a commit, by its id. */
export async function treeOf(cwd: string, commit: string): Promise<string> {
  return (await runGit({ cwd, args: ['rev-parse', '--verify', `${commit}^{tree}`] })).trim();
}
