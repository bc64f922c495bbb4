import { runGit } from './run-git.ts';

/**
 * `git worktree remove`: git itself refuses when there are changes, untracked files or submodules, and so do we. A
 * worktree whose folder is gone already loses only its entry. `half-made` is for one that git was killed in the middle
 * of making: locked by git, and not wholly written.
 */
export async function worktreeRemove(cwd: string, path: string, state: 'made' | 'half-made' = 'made'): Promise<void> {
  const force = state === 'half-made' ? ['--force', '--force'] : [];
  await runGit({ cwd, writes: true, args: ['worktree', 'remove', ...force, '--', path] });
}
