import { runGit } from './run-git.ts';

/** Short names of branches and remote branches, the most recently committed first, at most `limit`. */
export async function listBranches(cwd: string, limit: number): Promise<string[]> {
  const text = await runGit({
    cwd,
    args: [
      'for-each-ref',
      '--format=%(refname:lstrip=2)',
      '--sort=-committerdate',
      `--count=${limit}`,
      'refs/heads',
      'refs/remotes',
    ],
  });
  return text.split('\n').filter((name) => name !== '' && !name.endsWith('/HEAD'));
}
