import { runGit } from './run-git.ts';

/**
 * Stages every change and every untracked file of a worktree in the index `index`, a copy of its own, which is left as
 * it is; ignored files and the paths `without` are left out. Gives the tree.
 */
export async function stageAll(cwd: string, index: string, without: readonly string[]): Promise<string> {
  const named = ['--pathspec-from-file=-', '--pathspec-file-nul'];
  const all = ['.', ...without.map((path) => `:(exclude,top,literal)${path}`)].join('\0');
  await runGit({ cwd, index, writes: true, args: ['add', '--all', ...named], input: all });
  if (without.length > 0) {
    const input = without.map((path) => `:(top,literal)${path}`).join('\0');
    await runGit({ cwd, index, writes: true, args: ['reset', '--quiet', ...named], input });
  }
  return (await runGit({ cwd, index, writes: true, args: ['write-tree'] })).trim();
}
