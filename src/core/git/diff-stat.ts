import { countLines } from './count-lines.ts';
import { runGit } from './run-git.ts';

export interface DiffStat {
  files: number;
  /** At least so many when there are files that were not counted. */
  insertions: number;
  deletions: number;
  uncounted: number;
  /** Folders whose pointer into another repository differs. */
  pointers: string[];
}

/**
 * What a worktree changes against a commit, uncommitted changes included. Untracked files (as given by `status`) count
 * as new; their lines are counted for the first 500 files and 16 MB. Paths in `except` are left out.
 */
export async function diffStat(
  cwd: string,
  commit: string,
  untracked: readonly string[] = [],
  except: ReadonlySet<string> = new Set(),
): Promise<DiffStat> {
  const text = await runGit({
    cwd,
    args: ['diff', '--raw', '--numstat', '-z', '--no-ext-diff', '--no-textconv', '--no-renames', commit, '--'],
  });
  const paths = new Set<string>();
  const stat: DiffStat = { files: 0, insertions: 0, deletions: 0, uncounted: 0, pointers: [] };
  const parts = text.split('\0');
  for (const [at, line] of parts.entries()) {
    if (/^:\d+ 160000 /.test(line)) stat.pointers.push(parts[at + 1] ?? '');
    const [, insertions = '', deletions = '', path = ''] = /^(\d+|-)\t(\d+|-)\t(.*)$/s.exec(line) ?? [];
    if (path === '' || except.has(path)) continue;
    // A file in conflict is told twice.
    paths.add(path);
    stat.insertions += Number(insertions) || 0;
    stat.deletions += Number(deletions) || 0;
  }
  const added = untracked.filter((path) => !except.has(path));
  const counts = await countLines(cwd, added);
  stat.files = paths.size + added.length;
  for (const path of added) {
    const counted = counts.get(path) ?? 'not-counted';
    if (typeof counted === 'number') stat.insertions += counted;
    else if (counted === 'not-counted') stat.uncounted += 1;
  }
  return stat;
}
