import { readdirSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';

/** The end of the name of a copy that is being made. */
export const UNFINISHED = '.part';
const LEFTOVER = /^drover-.*\.part(-journal|-wal|-shm)?$/;

/**
 * Reads a copy of a database through. Throws an error of SQLite's own kind when it is not whole, or not of the schema it
 * should be.
 */
export function checkCopy(file: string, version: number): void {
  const copy = new Database(file, { readonly: true, timeout: 0 });
  try {
    const found = copy.pragma('quick_check(1)', { simple: true });
    const schema = Number(copy.pragma('user_version', { simple: true }));
    if (found === 'ok' && schema === version) return;
    throw new Database.SqliteError(`The copy ${file} is not whole: ${String(found)}.`, 'SQLITE_CORRUPT');
  } finally {
    copy.close();
  }
}

const HEADER_BYTES = 100;

/**
 * Whether a file has the size that its own first bytes say (https://sqlite.org/fileformat.html, 1.3): a copy that was
 * cut off in the middle has not. Reads 100 bytes.
 */
export async function looksWhole(file: string, bytes: number): Promise<boolean> {
  const opened = await open(file).catch(() => null);
  if (opened === null) return false;
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    const { bytesRead } = await opened.read(header, 0, HEADER_BYTES, 0);
    if (bytesRead < HEADER_BYTES || !header.toString('latin1', 0, 15).startsWith('SQLite format 3')) return false;
    const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
    return bytes === pageSize * header.readUInt32BE(28);
  } finally {
    await opened.close();
  }
}

/** Removes what a Drover that was killed while it made a copy left; whoever has the lock of the folder may. */
export function removeUnfinished(folder: string): void {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    // There are no copies.
    return;
  }
  for (const name of names) if (LEFTOVER.test(name)) rmSync(path.join(folder, name), { force: true });
}
