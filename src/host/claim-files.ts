import type { Dirent } from 'node:fs';
import { chmod, lstat, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { describeOwner, otherOwner } from '../core/base/system-error.ts';

/** What Drover keeps in its folder. Workspaces and the profile of the window are closed by their folder alone. */
const FILES = /^(drover\.db|host\.lock|endpoint\.json|sessions\.json|last-port|stops)/;
const FOLDERS_WITH_FILES = ['logs', 'backups', 'attachments'];
const FOLDERS = ['workspaces', 'demo', 'desktop', 'kept'];

/** Closes a folder to other users. A sentence when it is not this user’s, or stays open; null when all is well. */
export async function claimFolder(folder: string): Promise<string | null> {
  const found = await stat(folder);
  const owner = otherOwner(found.uid);
  if (owner !== null) return `The folder ${describeOwner(folder, owner)}`;
  if (!isOpen(found.mode)) return null;
  await chmod(folder, 0o700);
  if (!isOpen((await stat(folder)).mode)) return null;
  return `The folder ${folder} can be read by other users, and its file system does not let Drover close it. Name another data folder with --data.`;
}

/** Closes what is in a data folder that was there before; a sentence at the first thing that is not this user’s. */
export async function claimContents(folder: string): Promise<string | null> {
  for (const entry of await list(folder)) {
    const at = path.join(folder, entry.name);
    if (entry.isFile() && FILES.test(entry.name)) {
      const problem = await claimFile(at);
      if (problem !== null) return problem;
    }
    const withFiles = FOLDERS_WITH_FILES.includes(entry.name);
    if (!entry.isDirectory() || !(withFiles || FOLDERS.includes(entry.name))) continue;
    const problem = (await claimFolder(at)) ?? (withFiles ? await claimBelow(at) : null);
    if (problem !== null) return problem;
  }
  return null;
}

async function claimBelow(folder: string): Promise<string | null> {
  for (const entry of await list(folder)) {
    const at = path.join(folder, entry.name);
    const problem = entry.isDirectory()
      ? ((await claimFolder(at)) ?? (await claimBelow(at)))
      : entry.isFile()
        ? await claimFile(at)
        : null;
    if (problem !== null) return problem;
  }
  return null;
}

async function claimFile(file: string): Promise<string | null> {
  // A file may go while we look: another host is just ending, or a log is turned over.
  const found = await lstat(file).catch(() => null);
  if (!found?.isFile()) return null;
  const owner = otherOwner(found.uid);
  if (owner !== null) return `The file ${describeOwner(file, owner)}`;
  if (isOpen(found.mode)) await chmod(file, 0o600);
  return null;
}

/** No entries where there is no such folder; what cannot be read is told by who needs it. */
async function list(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}

function isOpen(mode: number): boolean {
  return process.platform !== 'win32' && (mode & 0o077) !== 0;
}
