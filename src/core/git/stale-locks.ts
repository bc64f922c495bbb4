import { readFileSync, readlinkSync } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bearsEntry, processTable } from '../process/process-table.ts';
import { gitContext } from './git-context.ts';

/** Where the system does not tell who could hold a lock, one of this age is taken for left behind. */
const OLD_MS = 10 * 60 * 1000;

/**
 * Takes away the locks that a killed git of ours has left of one worktree and its branch (`index.lock` and the like),
 * in front of which every later git would stop. A lock stays while any git runs that could hold it: one that works in
 * one of `folders`, or in this worktree by its environment. Our own processes do not count; the caller knows that none
 * of them writes in the worktree, nor in the repository where `shared` names a lock that all of its worktrees use.
 */
export async function clearStaleLocks(options: {
  commonDir: string;
  /** The folder of the worktree inside `commonDir`; null when there is none. */
  gitDir: string | null;
  branch: string;
  folders: readonly string[];
  shared: boolean;
}): Promise<void> {
  const { commonDir, gitDir, branch, folders, shared } = options;
  const locks = [
    ...(gitDir === null ? [] : [join(gitDir, 'index.lock'), join(gitDir, 'HEAD.lock'), ...(await nextIndexes(gitDir))]),
    join(commonDir, 'refs', 'heads', `${branch}.lock`),
    ...(shared ? [join(commonDir, 'packed-refs.lock')] : []),
  ];
  for (const lock of locks) {
    const stat = await lstat(lock).catch(() => null);
    if (!stat?.isFile()) continue;
    const stale =
      process.platform === 'linux'
        ? !othersWork([...folders, commonDir, ...(gitDir === null ? [] : [gitDir])])
        : Date.now() - stat.mtimeMs > OLD_MS;
    if (stale) await rm(lock, { force: true });
  }
}

/** What a commit of single files writes first. */
async function nextIndexes(gitDir: string): Promise<string[]> {
  const names = await readdir(gitDir).catch(() => []);
  return names.filter((name) => /^next-index-\d+\.lock$/.test(name)).map((name) => join(gitDir, name));
}

/** Whether a git that is not ours may work in one of the folders. One that cannot be looked at may. */
function othersWork(folders: readonly string[]): boolean {
  const { entry } = gitContext();
  return processTable().some(({ pid }) => {
    let name: string;
    try {
      name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
    } catch {
      return false;
    }
    if (!/^git/.test(name) || (entry !== undefined && bearsEntry(pid, entry))) return false;
    try {
      const cwd = `${readlinkSync(`/proc/${pid}/cwd`)}/`;
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
      return folders.some((folder) => cwd.startsWith(`${folder}/`) || environment.includes(`=${folder}`));
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EACCES';
    }
  });
}
