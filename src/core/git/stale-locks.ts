import { readFileSync, readlinkSync } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bearsEntry, processTable } from '../process/process-table.ts';
import { gitContext } from './git-context.ts';

/** Where the system does not tell who could hold a lock, one of this age is taken for left behind. */
const OLD_MS = 10 * 60 * 1000;

/**
 * Takes away the locks that a killed git of ours has left of one worktree and its branch (`index.lock` and the like),
 * in front of which every later git would stop. A lock stays while any git runs that could hold it, by its folder or its
 * environment: in the worktree at `path`, and for what belongs to the whole repository also in it or in `repository`,
 * where a person works. Our own processes do not count; the caller knows that none
 * of them writes in the worktree, nor in the repository where `shared` names a lock that all of its worktrees use.
 */
export async function clearStaleLocks(options: {
  commonDir: string;
  /** The folder of the worktree inside `commonDir`; null when there is none. */
  gitDir: string | null;
  branch: string;
  path: string;
  repository: string;
  shared: boolean;
}): Promise<void> {
  const { commonDir, gitDir, branch, path, repository, shared } = options;
  if (gitDir !== null) {
    const own = [join(gitDir, 'index.lock'), join(gitDir, 'HEAD.lock'), ...(await nextIndexes(gitDir))];
    for (const lock of own) await clear(lock, [path, gitDir]);
  }
  const everywhere = [path, repository, commonDir];
  await clear(join(commonDir, 'refs', 'heads', `${branch}.lock`), everywhere);
  if (shared) await clear(join(commonDir, 'packed-refs.lock'), everywhere);
}

async function clear(lock: string, folders: readonly string[]): Promise<void> {
  const stat = await lstat(lock).catch(() => null);
  if (!stat?.isFile()) return;
  const stale = process.platform === 'linux' ? !othersWork(folders) : Date.now() - stat.mtimeMs > OLD_MS;
  if (stale) await rm(lock, { force: true });
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
