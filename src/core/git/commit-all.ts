import { askGit, runGit } from './run-git.ts';

/**
 * Commits every change and every untracked file of a worktree (ignored files are not) on what is checked out there, and
 * gives the commit. No hook runs and nothing is signed, so that nothing can stand in the way. The author is the user's
 * own; only where git has no name or address for them, Drover's are used.
 */
export async function commitAll(cwd: string, message: string): Promise<string> {
  await runGit({ cwd, writes: true, args: ['add', '--all', '--', '.'] });
  const [name, email] = await Promise.all(
    ['user.name', 'user.email'].map((key) => askGit({ cwd, args: ['config', '--get', key] })),
  );
  // The environment goes before the configuration, so a name given there is kept.
  const identity = [
    ...(name?.trim() ? [] : ['-c', 'user.name=Drover']),
    ...(email?.trim() ? [] : ['-c', 'user.email=drover@localhost']),
  ];
  await runGit({
    cwd,
    writes: true,
    args: [
      ...identity,
      // No housekeeping that would go on in the background.
      ...['-c', 'gc.auto=0', '-c', 'maintenance.auto=false'],
      ...['commit', '--quiet', '--no-verify', '--no-gpg-sign', '--allow-empty', '--cleanup=verbatim'],
      `--message=${message}`,
    ],
  });
  return (await runGit({ cwd, args: ['rev-parse', 'HEAD'] })).trim();
}
