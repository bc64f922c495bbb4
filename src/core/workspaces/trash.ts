import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { deleteFolder, folderState } from './folders.ts';

/** A name in `trash` that nothing has, for the folder at `path`. On the same file system, so that moving is one step. */
export function asideName(path: string, trash: string): string {
  return join(trash, `${basename(path)}-${randomUUID().slice(0, 8)}`);
}

/** Moves what is at `path` into `trash` and gives its new name; null when there is nothing. */
export async function moveAside(path: string, trash: string, aside = asideName(path, trash)): Promise<string | null> {
  if ((await folderState(path)) === 'none') return null;
  await mkdir(trash, { recursive: true, mode: 0o700 });
  await rename(path, aside);
  return aside;
}

/** Deletes what was moved aside, and the folder for it when nothing else is in it. */
export async function deleteAside(aside: string): Promise<void> {
  await deleteFolder(aside);
  await rmdir(dirname(aside)).catch(() => {});
}

/** Moves files out of a folder that was moved aside, so that they outlive it. May be called again. */
export async function keepApart(
  aside: string,
  { folder, files }: { folder: string; files: readonly string[] },
): Promise<void> {
  for (const file of files) {
    const from = join(aside, file);
    if ((await folderState(from)) === 'none') continue;
    await mkdir(dirname(join(folder, file)), { recursive: true, mode: 0o700 });
    await rename(from, join(folder, file));
  }
}

/** Deletes all that was moved aside and is not among `needed`: what could not be deleted before. */
export async function emptyTrash(trash: string, needed: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(trash).catch(() => [])) {
    const path = join(trash, name);
    if (!needed.has(path)) await deleteFolder(path);
  }
  await rmdir(trash).catch(() => {});
}
