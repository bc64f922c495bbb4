import { askGit } from './run-git.ts';

/** The branch that others build on, as the remote `origin` names it; null when that is not known. */
export async function defaultBranch(cwd: string): Promise<string | null> {
  const args = ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD'];
  const { text } = await askGit({ cwd, args, expect: [0, 1] });
  return text.trim().replace(/^origin\//, '') || null;
}
