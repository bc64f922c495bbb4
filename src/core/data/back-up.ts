import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import { sizeOf } from '../base/folder-size.ts';
import { checkCopy, UNFINISHED } from '../db/copies.ts';
import type { Db } from '../db/open.ts';
import { describeStorageError } from '../db/storage-error.ts';

/** Copied in one step, between which everything else goes on: 4 MB at the usual page size. */
const PAGES_A_STEP = 1000;

/**
 * Writes a copy of the database into `folder`, for this user only, while it is in use: `drover-<date>-<time>.sqlite`.
 * The name appears when the copy is whole.
 */
export async function backUp(db: Db, folder: string, now: Date): Promise<Result<{ path: string; bytes: number }>> {
  const target = freeName(folder, now);
  const part = `${target}${UNFINISHED}`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await (await open(part, 'wx', 0o600)).close();
    await db.backup(part, { progress: () => PAGES_A_STEP });
    // The copy says of itself that it has a write-ahead log; one file alone is what a person can carry away.
    const copy = new Database(part);
    copy.pragma('journal_mode = DELETE');
    copy.close();
    checkCopy(part, Number(db.pragma('user_version', { simple: true })));
    await rename(part, target);
    return accept({ path: target, bytes: await sizeOf(target) });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      return reject('conflict', 'A copy of the database is being made already.');
    }
    await rm(part, { force: true }).catch(() => {});
    const words = describeStorageError(error, target);
    if (words === null) throw error;
    return reject('unavailable', words);
  }
}

function freeName(folder: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
  for (let no = 1; ; no += 1) {
    const file = path.join(folder, `drover-${stamp}${no === 1 ? '' : `-${no}`}.sqlite`);
    if (!existsSync(file)) return file;
  }
}
