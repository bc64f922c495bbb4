import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import { checkCopy, removeUnfinished, UNFINISHED } from './copies.ts';
import type { Migration } from './migration.ts';
import { migrations } from './migrations/list.ts';
import { isNamed, storageRejection } from './storage-error.ts';

export type Db = Database.Database;

export const DATABASE_FILE = 'drover.db';
const LOCK_FILE = 'host.lock';
/** How long another program may hold the file before we give up, while it is opened. */
const LOCKED_MS = 1000;
/** The same afterwards: everything stands still meanwhile, so what can wait asks again instead. */
const BUSY_MS = 50;

/** The database of a data folder and the lock that keeps other hosts out of it. */
export interface OpenDatabase {
  db: Db;
  file: string;
  close(): void;
}

/**
 * Opens the database of `dataFolder`, brings it to the newest schema (after a backup beside it in `backups/`) and locks
 * the folder for this process. Refused with a sentence, leaving the file as it is, when another host has the folder, the
 * file is not a database, is damaged, was written by a newer Drover, cannot be written, or the disk is full.
 */
export function openDatabase(dataFolder: string, steps: readonly Migration[] = migrations): Result<OpenDatabase> {
  const file = path.join(dataFolder, DATABASE_FILE);
  let lock: Db | null = null;
  let db: Db | null = null;
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    lock = takeLock(dataFolder);
    if (lock === null) {
      return reject('conflict', `Another Drover is already running on the data folder ${dataFolder}.`);
    }
    const known = steps.length;
    if (keepToThisUser(file)) {
      const version = readVersion(file);
      if (version > known) {
        lock.close();
        return reject(
          'unavailable',
          `The database ${file} was written by a newer Drover (schema ${version}, this one knows ${known}). It was left as it is; start the newer Drover.`,
        );
      }
    }
    db = new Database(file, { timeout: LOCKED_MS });
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('foreign_keys = ON');
    db.pragma('journal_size_limit = 33554432');
    migrate(db, steps, dataFolder);
    removeUnfinished(path.join(dataFolder, 'backups'));
    db.pragma(`busy_timeout = ${BUSY_MS}`);
    const opened = db;
    const held = lock;
    return accept({
      db: opened,
      file,
      close() {
        opened.close();
        held.close();
      },
    });
  } catch (error) {
    db?.close();
    lock?.close();
    const rejection = storageRejection(error, file);
    if (rejection === null) throw error;
    return { ok: false, rejection };
  }
}

/**
 * An exclusive transaction on a file of its own: the operating system drops it when the process dies, however it dies,
 * so that no stale lock can keep the next host out.
 */
function takeLock(dataFolder: string): Db | null {
  const file = path.join(dataFolder, LOCK_FILE);
  keepToThisUser(file);
  const lock = new Database(file, { timeout: 0 });
  try {
    lock.pragma('journal_mode = DELETE');
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
}

/**
 * Makes a file of SQLite where there is none, and closes it and what SQLite keeps beside it to other users: SQLite itself
 * goes by the umask for a new file, and by this file for those beside it. A file that is there is not opened: closing it
 * again would drop the locks this process has on it. Returns whether it was there.
 */
function keepToThisUser(file: string): boolean {
  let isThere = true;
  try {
    closeSync(openSync(file, 'wx', 0o600));
    isThere = false;
  } catch (error) {
    if (!isNamed(error, 'EEXIST')) throw error;
  }
  for (const part of ['', '-wal', '-shm'].map((end) => file + end)) {
    const found = statSync(part, { throwIfNoEntry: false });
    if (!found) continue;
    if (!found.isFile()) throw Object.assign(new Error(`${part} is no file.`), { code: 'EISDIR', path: part });
    if ((found.mode & 0o077) !== 0 && process.platform !== 'win32') chmodSync(part, 0o600);
    accessSync(part, constants.R_OK | constants.W_OK);
  }
  return isThere;
}

function readVersion(file: string): number {
  const db = new Database(file, { readonly: true, timeout: LOCKED_MS });
  try {
    return Number(db.pragma('user_version', { simple: true }));
  } finally {
    db.close();
  }
}

function migrate(db: Db, steps: readonly Migration[], dataFolder: string): void {
  const from = Number(db.pragma('user_version', { simple: true }));
  if (from >= steps.length) return;
  if (from > 0) {
    const folder = path.join(dataFolder, 'backups');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    copyBefore(db, path.join(folder, `drover-schema-${from}-${Date.now()}.db`), from);
  }
  db.transaction(() => {
    for (const step of steps.slice(from)) db.exec(step.sql);
    db.pragma(`user_version = ${steps.length}`);
  })();
}

/** A copy counts, under its name, when it is whole and has been read through. */
function copyBefore(db: Db, target: string, version: number): void {
  const part = `${target}${UNFINISHED}`;
  try {
    closeSync(openSync(part, 'wx', 0o600));
    db.prepare('VACUUM INTO ?').run(part);
    checkCopy(part, version);
    renameSync(part, target);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}
