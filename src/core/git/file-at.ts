import { askGit, runGit } from './run-git.ts';

/** A file of a commit as git writes it into a worktree, its filters applied; null when the commit has none there. */
export async function fileAt(cwd: string, commit: string, path: string): Promise<string | null> {
  const args = ['cat-file', '--filters', `${commit}:${path}`];
  const { exitCode, text } = await askGit({ cwd, args, expect: [0, 128] });
  return exitCode === 0 ? text : null;
}

/** Sets files in a worktree and its index to what a commit has; those that it does not have go. */
export async function restoreFiles(cwd: string, commit: string, paths: readonly string[]): Promise<void> {
  const input = paths.map((path) => `:(top,literal)${path}`).join('\0');
  const named = ['--pathspec-from-file=-', '--pathspec-file-nul'];
  const args = ['restore', `--source=${commit}`, '--staged', '--worktree', ...named];
  await runGit({ cwd, writes: true, args, input });
}
