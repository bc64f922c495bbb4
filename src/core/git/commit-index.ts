import { runGit } from './run-git.ts';

/**
 * Commits what is staged in the index `index`, a copy of that of the worktree, on what is checked out there, and gives
 * the commit. Hooks run in a repository that is trusted, and it is signed where the user's git says so. The index of the
 * worktree is left as it is, so that nothing has changed when a hook refuses: `replaceIndex` brings it along. The log of
 * the branch says `reflog`. Rejects with `GitError`, with what a hook has said.
 */
export async function commitIndex(options: {
  cwd: string;
  index: string;
  message: string;
  trusted: boolean;
  reflog: string;
  timeoutMs: number;
}): Promise<string> {
  const { message, ...where } = options;
  await runGit({
    ...where,
    writes: true,
    input: message,
    args: [
      // No housekeeping that would go on in the background.
      ...['-c', 'gc.auto=0', '-c', 'maintenance.auto=false'],
      ...['commit', '--quiet', '--cleanup=whitespace', '--no-edit', '--file=-'],
    ],
    // Hooks may take long, so it takes no slot from others.
    started: () => {},
  });
  return (await runGit({ cwd: options.cwd, args: ['rev-parse', 'HEAD'] })).trim();
}
