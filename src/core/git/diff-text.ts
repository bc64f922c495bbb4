import { DIFF } from './file-diff.ts';
import { runGit } from './run-git.ts';

/** How two trees or commits differ, as git writes it. */
export function diffText(cwd: string, from: string, to: string): Promise<string> {
  return runGit({ cwd, args: [...DIFF, from, to, '--'] });
}
