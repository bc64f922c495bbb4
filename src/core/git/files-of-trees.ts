import type { ChangedFile } from '../../contract/workspace/state.ts';
import { parseChanges } from './changed-files.ts';
import { runGit } from './run-git.ts';

/** The files that differ between two trees or commits, by path. */
export async function filesOfTrees(cwd: string, from: string, to: string): Promise<ChangedFile[]> {
  if (from === to) return [];
  const how = ['--raw', '--numstat', '-z', '--no-ext-diff', '--no-textconv', '--no-renames'];
  return parseChanges(await runGit({ cwd, args: ['diff', ...how, from, to, '--'] }));
}
