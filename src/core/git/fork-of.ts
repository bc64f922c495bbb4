import { askGit, runGit } from './run-git.ts';

/** How far back the commits of others are looked for among those that are merged already. */
const COMMITS_READ = 1000;

interface Options {
  cwd: string;
  /** The newest commit of the work. */
  commit: string;
  /** Where the work began. */
  baseCommit: string;
  /** What the base branch, and what it follows, point to now. */
  bases: readonly string[];
  /** The commits that were made in the worktree; null when that is not known. */
  made: ReadonlySet<string> | null;
}

/**
 * The commit that work is measured against: the newest commit of others that it stands on, so that what came in from the
 * base by a merge or a rebase is not taken for its own. Where the base holds the work already, or there is no base
 * branch, the commits made in the worktree tell the two apart.
 */
export async function forkOf({ cwd, commit, baseCommit, bases, made }: Options): Promise<string> {
  if (commit === baseCommit) return commit;
  const args = ['merge-base', commit, baseCommit, ...new Set(bases)];
  // 1: nothing in common, a history of its own.
  const { text } = await askGit({ cwd, args, expect: [0, 1] });
  const fork = text.split('\n')[0] ?? '';
  if (fork === '') return baseCommit;
  if ((fork !== commit && bases.length > 0) || made === null)
    return fork === commit && made === null ? baseCommit : fork;
  const list = ['rev-list', '--topo-order', `--max-count=${COMMITS_READ}`, commit, `^${baseCommit}`, '--'];
  const commits = (await runGit({ cwd, args: list })).split('\n').filter(Boolean);
  if (!commits.some((one) => made.has(one))) return fork === commit ? commit : baseCommit;
  return commits.find((one) => !made.has(one)) ?? baseCommit;
}
