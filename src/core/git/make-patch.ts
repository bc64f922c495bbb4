import { runGit } from './run-git.ts';

/**
 * Writes everything a worktree changes against a commit, untracked files included and ignored ones not, as a patch for
 * `git apply` to `file`. The worktree keeps its files; untracked ones are marked as to be added.
 */
export async function makePatch(cwd: string, commit: string, file: string): Promise<void> {
  await runGit({ cwd, writes: true, args: ['add', '--all', '--intent-to-add', '--', '.'] });
  await runGit({
    cwd,
    args: ['diff', '--binary', '--full-index', '--no-ext-diff', '--no-textconv', `--output=${file}`, commit, '--'],
  });
}
