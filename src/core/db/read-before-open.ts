import path from 'node:path';
import Database from 'better-sqlite3';
import { migrations } from './migrations/list.ts';
import { DATABASE_FILE, type Db } from './open.ts';

/**
 * Reads from the file before a core is open, also beside a host that has it open. Null wherever anything is not as this
 * Drover would have it: a core then says what is wrong.
 */
export function readBeforeOpen<T>(
  dataFolder: string,
  read: (db: Db) => T | null,
  { ofAnyVersion = false } = {},
): T | null {
  let db: Database.Database | null = null;
  try {
    db = new Database(path.join(dataFolder, DATABASE_FILE), { readonly: true, fileMustExist: true, timeout: 0 });
    if (!ofAnyVersion && Number(db.pragma('user_version', { simple: true })) !== migrations.length) return null;
    return read(db);
  } catch {
    return null;
  } finally {
    db?.close();
  }
}
