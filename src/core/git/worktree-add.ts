import { runGit } from './run-git.ts';

export interface WorktreeAdd {
  /** A folder of the repository. */
  cwd: string;
  /** Absolute path of the new worktree; must not exist, or be an empty folder. */
  path: string;
  branch: string;
  /** Makes the branch at this commit; left out, the branch exists. */
  commit?: string;
  trusted: boolean;
  signal?: AbortSignal;
  /** Milliseconds it may take, the hook after the checkout included. */
  timeoutMs?: number;
  /** Told the process group of git. */
  started?(leader: number): void;
}

/**
 * `git worktree add`. Checks out with one worker for each core (`checkout.workers=0`), which takes half the time in
 * large trees. Rejects with `GitError`; git takes back what it had begun unless it was
 * killed, except for the branch.
 */
export async function worktreeAdd(options: WorktreeAdd): Promise<void> {
  const { cwd, path, branch, commit, trusted, signal, timeoutMs, started } = options;
  const what = commit === undefined ? ['--', path, branch] : ['--no-track', '-b', branch, '--', path, commit];
  await runGit({
    cwd,
    trusted,
    signal,
    timeoutMs,
    // Long, so it takes no slot from others.
    started: (leader) => started?.(leader),
    writes: true,
    args: ['-c', 'checkout.workers=0', 'worktree', 'add', ...what],
  });
}
