import { proveAbsent } from './prove-absent.ts';
import { askGit } from './run-git.ts';

/**
 * The commit that is checked out in a worktree, or what a bare repository has for that; null before the first one.
 * Rejects with `GitError` when git cannot tell. With `discover`, `cwd` may lie inside a worktree.
 */
export async function headCommit(cwd: string, discover = false): Promise<string | null> {
  const args = ['rev-parse', '--verify', '--quiet', 'HEAD'];
  const { exitCode, text } = await askGit({ cwd, discover, args, expect: [0, 1] });
  if (exitCode === 0) return text.trim();
  await proveAbsent(cwd, 'HEAD', discover);
  return null;
}
