import { runGit } from './run-git.ts';

/** The paths of all files that git has in the worktree `cwd`, and of new ones that it does not ignore. */
export async function listFiles(cwd: string): Promise<string[]> {
  const text = await runGit({ cwd, args: ['ls-files', '--cached', '--others', '--exclude-standard', '-z'] });
  return [...new Set(text.split('\0').filter((path) => path !== ''))];
}
