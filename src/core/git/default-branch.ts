import { askGit } from './run-git.ts';

/** The branch that others build on, as the remote `origin` names it; null when that is not known. */
export async function defaultBranch(cwd: string): Promise<string | null> {
  const head = await askGit({ cwd, args: ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD'] });
  return head?.trim().replace(/^origin\//, '') || null;
}
