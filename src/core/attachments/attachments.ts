import { realpathSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Attachment, MAX_ATTACHMENT_BYTES, MAX_IMAGE_BYTES } from '../../contract/attachment/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import { fileType } from '../base/file-type.ts';
import { createId } from '../base/ids.ts';
import { readImage } from '../base/image.ts';
import type { Logger } from '../base/logger.ts';
import type { Db } from '../db/open.ts';
import { describeStorageError } from '../db/storage-error.ts';
import { safeName } from './safe-name.ts';

const DAY = 24 * 60 * 60 * 1000;
/** More than this without a task is a mistake of whoever adds them. */
const MOST_UNTAKEN = 200;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

interface Deps {
  db: Db;
  dataFolder: string;
  now(): number;
  logger: Logger;
  hasTask(taskId: string): boolean;
}

/**
 * The files that a person gives with a goal or a message. Each lies alone in a folder of its own below the data folder, for this user
 * only, and is recorded before it is written, so that nothing unknown is ever left.
 */
export interface Attachments {
  /** Keeps a file that no task has yet. `base64` is its content. */
  add(file: { name: string; base64: string }): Promise<Result<Attachment>>;
  /** Forgets a file that no task has. */
  remove(id: string): Promise<Result<{ attachmentId: string }>>;
  /** Gives files to a task, in the order given; what another task has already is copied. All or none. */
  take(ids: readonly string[], taskId: string): Promise<Result<Attachment[]>>;
  /** Takes back what was given to a task or message that did not come to be. */
  release(given: readonly Attachment[]): void;
  /** Forgets files of a task, such as those of a message that was removed; all of them where none are named. */
  forget(taskId: string, ids?: readonly string[]): Promise<void>;
  /** Forgets what no task has taken within a day, and what is left of tasks that are gone. */
  tidy(): Promise<void>;
  /** Bytes of all files. */
  size(): number;
}

interface Row {
  id: string;
  task_id: string | null;
  name: string;
  bytes: number;
  added_at: number;
}

export function createAttachments({ db, dataFolder, now, logger, hasTask }: Deps): Attachments {
  // Judgements of what an agent reads compare real paths.
  const top = path.join(realpathSync(dataFolder), 'attachments');
  const byId = db.prepare<[string], Row>('SELECT * FROM attachments WHERE id = ?');
  const byTask = db.prepare<[string], Row>('SELECT * FROM attachments WHERE task_id = ?');
  const before = db.prepare<[number], Row>('SELECT * FROM attachments WHERE added_at < ?');
  const untaken = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM attachments WHERE task_id IS NULL');
  const sum = db.prepare<[], { bytes: number | null }>('SELECT sum(bytes) AS bytes FROM attachments');
  const insert = db.prepare<[Row]>('INSERT INTO attachments VALUES (:id, :task_id, :name, :bytes, :added_at)');
  const give = db.prepare<[string, string]>('UPDATE attachments SET task_id = ? WHERE id = ?');
  const giveBack = db.prepare<[string]>('UPDATE attachments SET task_id = NULL WHERE id = ?');
  const erase = db.prepare<[string]>('DELETE FROM attachments WHERE id = ?');

  const folderOf = (id: string) => path.join(top, id);
  const fileOf = ({ id, name }: Row) => path.join(folderOf(id), name);
  const toAttachment = (row: Row, content: Buffer | null): Attachment => {
    const image = content === null ? null : readImage(content);
    return {
      id: row.id,
      name: row.name,
      bytes: row.bytes,
      type: image?.type ?? fileType(row.name),
      path: fileOf(row),
      ...(image === null ? {} : { image: true as const }),
    };
  };
  /** Only of what may be an image the content matters. */
  const contentOf = async (row: Row) => (row.bytes > MAX_IMAGE_BYTES ? null : readFile(fileOf(row)).catch(() => null));

  /** Records a file, then makes it; a failure leaves neither. */
  async function make(row: Row, write: (file: string) => Promise<void>): Promise<Result<Row>> {
    try {
      insert.run(row);
      await mkdir(folderOf(row.id), { recursive: true, mode: 0o700 });
      await write(fileOf(row));
      return accept(row);
    } catch (error) {
      const words = describeStorageError(error, fileOf(row));
      await drop(row);
      if (words === null) throw error;
      return reject('unavailable', words);
    }
  }

  async function drop(row: Row): Promise<void> {
    try {
      await rm(folderOf(row.id), { recursive: true, force: true });
      erase.run(row.id);
    } catch (error) {
      // The record stays, so that the next tidying tries again.
      logger.warn('a file of a task could not be removed', { attachmentId: row.id, error: String(error) });
    }
  }

  const missing = (id: string) =>
    reject('not-found', `The file ${id} no longer exists: it was removed, or no task used it within a day.`);

  return {
    async add({ name, base64 }) {
      if (base64.length % 4 !== 0 || !BASE64.test(base64)) {
        return reject('invalid', `The content of ${safeName(name)} is not valid base64.`);
      }
      const content = Buffer.from(base64, 'base64');
      if (content.length > MAX_ATTACHMENT_BYTES) {
        const most = MAX_ATTACHMENT_BYTES / 1024 / 1024;
        return reject('invalid', `${safeName(name)} is larger than ${most} MiB, the most that can be attached.`);
      }
      if ((untaken.get()?.n ?? 0) >= MOST_UNTAKEN) {
        return reject('conflict', `${MOST_UNTAKEN} files already wait for a task; remove some first.`);
      }
      const row = { id: createId('f'), task_id: null, name: safeName(name), bytes: content.length, added_at: now() };
      const made = await make(row, (file) => writeFile(file, content, { mode: 0o600, flag: 'wx' }));
      return made.ok ? accept(toAttachment(row, content)) : made;
    },
    async remove(id) {
      const row = byId.get(id);
      if (!row) return missing(id);
      if (row.task_id !== null) {
        return reject('conflict', `${row.name} belongs to task ${row.task_id} and goes when that is deleted.`);
      }
      await drop(row);
      return accept({ attachmentId: id });
    },
    async take(ids, taskId) {
      const given: Row[] = [];
      const undo = async (copies: readonly Row[]) => {
        for (const { id } of given) giveBack.run(id);
        for (const copy of copies) await drop(copy);
      };
      const copies: Row[] = [];
      for (const id of new Set(ids)) {
        const row = byId.get(id);
        if (!row) {
          await undo(copies);
          return missing(id);
        }
        if (row.task_id === null) {
          give.run(taskId, id);
          given.push(row);
          continue;
        }
        const copy: Row = { ...row, id: createId('f'), task_id: taskId, added_at: now() };
        const made = await make(copy, (file) => copyFile(fileOf(row), file));
        if (!made.ok) {
          await undo(copies);
          return made;
        }
        copies.push(copy);
        given.push(copy);
      }
      return accept(await Promise.all(given.map(async (row) => toAttachment(row, await contentOf(row)))));
    },
    release(given) {
      for (const { id } of given) giveBack.run(id);
    },
    async forget(taskId, ids) {
      for (const row of byTask.all(taskId)) if (ids?.includes(row.id) ?? true) await drop(row);
    },
    async tidy() {
      for (const row of before.all(now() - DAY)) {
        if (row.task_id === null || !hasTask(row.task_id)) await drop(row);
      }
    },
    size: () => sum.get()?.bytes ?? 0,
  };
}
