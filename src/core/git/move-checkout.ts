import { runGit } from './run-git.ts';

interface Options {
  /** The worktree. */
  cwd: string;
  to: string;
  trusted: boolean;
  reflog: string;
  timeoutMs: number;
}

/**
 * Moves the branch that is checked out in a worktree forward, and its files with it. Refused by git, with nothing changed,
 * where a file that is changed, untracked or ignored is in the way. Rejects with `GitError`.
 */
export async function forwardCheckout({ to, ...options }: Options): Promise<void> {
  const args = ['merge', '--quiet', '--ff-only', '--no-squash', '--no-autostash', '--no-stat', '--no-overwrite-ignore'];
  await runGit({ ...options, writes: true, args: [...NO_HOUSEKEEPING, ...args, to], started: () => {} });
}

/** The same back to a commit of before. */
export async function backCheckout({ to, ...options }: Options): Promise<void> {
  const args = [...NO_HOUSEKEEPING, 'reset', '--quiet', '--keep', to];
  await runGit({ ...options, writes: true, args, started: () => {} });
}

const NO_HOUSEKEEPING = ['-c', 'gc.auto=0', '-c', 'maintenance.auto=false'];
