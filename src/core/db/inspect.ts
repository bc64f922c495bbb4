import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import { migrations } from './migrations/list.ts';
import { DATABASE_FILE } from './open.ts';
import { describeStorageError } from './storage-error.ts';

/**
 * Looks at the database of a data folder without changing anything, also while a host has it open. Null when there is
 * none yet; refused with a sentence when it cannot be read, is damaged, or is from a newer Drover.
 */
export function inspectDatabase(dataFolder: string): Result<{ version: number; bytes: number }> | null {
  const file = path.join(dataFolder, DATABASE_FILE);
  if (!existsSync(file)) return null;
  let db: Database.Database | null = null;
  try {
    db = new Database(file, { readonly: true, timeout: 2000 });
    const version = Number(db.pragma('user_version', { simple: true }));
    if (version > migrations.length) {
      return reject(
        'unavailable',
        `${file} was written by a newer Drover (schema ${version}, this one knows ${migrations.length}).`,
      );
    }
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return accept({ version, bytes: statSync(file).size });
  } catch (error) {
    const words = describeStorageError(error, file);
    if (words === null) throw error;
    return reject('unavailable', words);
  } finally {
    db?.close();
  }
}

/** What is stored of the settings, unchecked; nothing when it cannot be read. Changes nothing. */
export function readStoredSettings(dataFolder: string): Record<string, unknown> {
  const file = path.join(dataFolder, DATABASE_FILE);
  let db: Database.Database | null = null;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true, timeout: 2000 });
    const rows = db.prepare<[], { key: string; value: string }>('SELECT key, value FROM settings').all();
    return Object.fromEntries(rows.map(({ key, value }) => [key, JSON.parse(value)]));
  } catch {
    return {};
  } finally {
    db?.close();
  }
}
