import { countLines } from './count-lines.ts';
import { runGit } from './run-git.ts';

export interface DiffStat {
  files: number;
  insertions: number;
  deletions: number;
}

/**
 * What a worktree changes against a commit, uncommitted changes included. Untracked files (as given by `status`) count
 * as new; their lines are counted for the first 500 files and 16 MB.
 */
export async function diffStat(cwd: string, commit: string, untracked: readonly string[] = []): Promise<DiffStat> {
  const text = await runGit({
    cwd,
    args: ['diff', '--shortstat', '--no-ext-diff', '--no-textconv', '--no-renames', commit, '--'],
  });
  const number = (pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? 0);
  return {
    files: number(/(\d+) files? changed/) + untracked.length,
    insertions: number(/(\d+) insertion/) + sum(await countLines(cwd, untracked)),
    deletions: number(/(\d+) deletion/),
  };
}

function sum(lines: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const count of lines.values()) total += count;
  return total;
}
