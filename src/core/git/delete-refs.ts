import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { commonFolder } from './prove-worktree.ts';
import { runGit } from './run-git.ts';

/**
 * Deletes all refs below a folder of refs that only Drover writes, such as `refs/drover/checkpoints/a00000001`, with the
 * locks that a killed git of ours has left there. The caller knows that nobody writes there now. Rejects with `GitError`.
 */
export async function deleteRefs(cwd: string, folder: string): Promise<void> {
  const format = 'delete %(refname) %(objectname)';
  const input = await runGit({ cwd, args: ['for-each-ref', `--format=${format}`, `${folder}/`] });
  if (input === '') return;
  const commonDir = await commonFolder(cwd);
  if (commonDir !== null) await deleteLocks(join(commonDir, folder));
  await runGit({ cwd, writes: true, args: ['update-ref', '--stdin'], input });
}

async function deleteLocks(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  await Promise.all(
    names.filter((name) => name.endsWith('.lock')).map((name) => rm(join(folder, name), { force: true })),
  );
}
