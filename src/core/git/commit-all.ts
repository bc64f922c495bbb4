import { headCommit } from './head-commit.ts';
import { askGit, runGit } from './run-git.ts';

/** More deletions than this, and more than every fourth file: then the folder was emptied, and no one has worked. */
const MANY = 50;
const SHARE = 4;

/**
 * Commits every change and every untracked file of a worktree (ignored files are not) on what is checked out there, and
 * gives the commit; the files `without` are left out, also where they are staged. No hook runs and nothing is signed, so that nothing can stand in the way. The author is the user's
 * own; only where git has no name or address for them, Drover's are used.
 *
 * Where a great part of the files is gone from the folder (it was half deleted), they are kept as they were: what is
 * meant as work kept never takes files away by the hundred.
 */
export async function commitAll(cwd: string, message: string, without: readonly string[] = []): Promise<string> {
  const named = ['--pathspec-from-file=-', '--pathspec-file-nul'];
  const all = ['.', ...without.map((path) => `:(exclude,top,literal)${path}`)].join('\0');
  const stage = (how: string) => runGit({ cwd, writes: true, args: ['add', how, ...named], input: all });
  await stage('--all');
  const gone = await filesGone(cwd);
  if (gone > 0) {
    await runGit({ cwd, writes: true, args: ['read-tree', 'HEAD'] });
    await stage('--ignore-removal');
  }
  if (without.length > 0) {
    const input = without.map((path) => `:(top,literal)${path}`).join('\0');
    await runGit({ cwd, writes: true, args: ['reset', '--quiet', ...named], input });
  }
  const [name, email] = await Promise.all(['user.name', 'user.email'].map((key) => configured(cwd, key)));
  // The environment goes before the configuration, so a name given there is kept.
  const identity = [
    ...(name ? [] : ['-c', 'user.name=Drover']),
    ...(email ? [] : ['-c', 'user.email=drover@localhost']),
  ];
  const note = gone > 0 ? `\n\n${gone} files were missing from the folder; they are kept as they were.` : '';
  await runGit({
    cwd,
    writes: true,
    args: [
      ...identity,
      // No housekeeping that would go on in the background.
      ...['-c', 'gc.auto=0', '-c', 'maintenance.auto=false'],
      ...['commit', '--quiet', '--no-verify', '--no-gpg-sign', '--allow-empty', '--cleanup=verbatim'],
      `--message=${message}${note}`,
    ],
  });
  return (await runGit({ cwd, args: ['rev-parse', 'HEAD'] })).trim();
}

/** The value of a setting of git; empty where it is not set. */
async function configured(cwd: string, key: string): Promise<string> {
  return (await askGit({ cwd, args: ['config', '--get', key], expect: [0, 1] })).text.trim();
}

/** How many files the index no longer has, moved ones not counted; 0 unless it is a great part of all. */
async function filesGone(cwd: string): Promise<number> {
  if ((await headCommit(cwd)) === null) return 0;
  const args = ['diff', '--cached', '--name-only', '-z', '--find-renames', '--diff-filter=D', '--no-ext-diff'];
  const gone = count(await runGit({ cwd, args: [...args, 'HEAD', '--'] }));
  if (gone <= MANY) return 0;
  const files = count(await runGit({ cwd, args: ['ls-tree', '-r', '-z', '--name-only', '--full-tree', 'HEAD'] }));
  return gone * SHARE > files ? gone : 0;
}

const count = (text: string) => text.split('\0').length - 1;
