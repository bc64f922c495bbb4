import type { LongText } from '../../contract/run/long-text.ts';
import type { LoggedEvent, TaskEvent } from '../../contract/task/events.ts';
import { MAX_INLINE_BYTES, truncate } from '../../contract/text.ts';
import { createId } from '../base/ids.ts';
import type { Db } from '../db/open.ts';
import { isLockedError } from '../db/storage-error.ts';

/** What is kept of one long text; the rest is counted but dropped. Bytes. */
export const MAX_BLOB_BYTES = 8 * 1024 * 1024;
const BLOB_PART = 512 * 1024;
const PREVIEW = 4096;
/** Sequence numbers in a block: what is read to find the events of one task in it. */
const BLOCK = 64;

/** The stored events, in the order in which they happened. */
export interface Log {
  /** Stores events of one task; to be called inside the caller's transaction. */
  append(taskId: string, events: readonly TaskEvent[], at: number): LoggedEvent[];
  /** Events after `after`, oldest first, at most `limit`; of one task where given. */
  read(options: { after: number; taskId?: string; limit: number }): LoggedEvent[];
  /** The newest events of a task before `before`, at most `limit`, oldest first. */
  readBefore(options: { before: number; taskId: string; limit: number }): LoggedEvent[];
  /** The newest sequence number, 0 when nothing was ever stored. */
  seq(): number;
  /** When an event was stored; null when there is none of that number. */
  at(seq: number): number | null;
  /**
   * Stores a text that may be long and answers what the event carries of it. With `later`, that gets what is to be
   * written when another program has the database locked now.
   */
  keep(taskId: string, text: string, later?: (write: () => void) => void): LongText;
  /** A part of a long text, by UTF-16 offset; null when there is no such text in this task. */
  readBlob(taskId: string, blob: string, offset: number, limit: number): { text: string; total: number } | null;
  /**
   * Forgets the texts of a task and its events before `seq`, to be called inside the caller's transaction. The event
   * `seq` stays: it tells those who were away, and keeps the numbers growing.
   */
  erase(taskId: string, seq: number): void;
  /** Forgets one long text, to be called inside the caller's transaction. */
  eraseBlob(blob: string): void;
}

interface EventRow {
  seq: number;
  task_id: string;
  at: number;
  data: string;
}

/** `upgrade` makes an event that an earlier version has stored into one of this; left out, events are as they were stored. */
export function createLog(db: Db, upgrade: (event: TaskEvent) => TaskEvent = (event) => event): Log {
  const insert = db.prepare<[string, number, string]>('INSERT INTO events (task_id, at, data) VALUES (?, ?, ?)');
  const insertBlock = db.prepare<[string, number]>('INSERT OR IGNORE INTO event_blocks (task_id, block) VALUES (?, ?)');
  const readAll = db.prepare<[number, number], EventRow>('SELECT * FROM events WHERE seq > ? ORDER BY seq LIMIT ?');
  // CROSS JOIN keeps the order of the loops: block by block, which is the order asked for.
  const readTask = db.prepare<{ taskId: string; from: number; block: number; limit: number }, EventRow>(
    `SELECT events.* FROM event_blocks CROSS JOIN events
       ON seq BETWEEN max(block * ${BLOCK}, @from) AND block * ${BLOCK} + ${BLOCK - 1} AND events.task_id = @taskId
     WHERE event_blocks.task_id = @taskId AND block >= @block ORDER BY block, seq LIMIT @limit`,
  );
  const readTaskBefore = db.prepare<{ taskId: string; to: number; block: number; limit: number }, EventRow>(
    `SELECT events.* FROM event_blocks CROSS JOIN events
       ON seq BETWEEN block * ${BLOCK} AND min(block * ${BLOCK} + ${BLOCK - 1}, @to) AND events.task_id = @taskId
     WHERE event_blocks.task_id = @taskId AND block <= @block ORDER BY block DESC, seq DESC LIMIT @limit`,
  );
  const insertBlob = db.prepare<[string, number, string, string]>(
    'INSERT INTO blobs (id, part, task_id, text) VALUES (?, ?, ?, ?)',
  );
  const selectBlob = db.prepare<[string, string], { text: string }>(
    'SELECT text FROM blobs WHERE id = ? AND task_id = ? ORDER BY part',
  );
  const eraseEvents = db.prepare<{ taskId: string; seq: number }>(
    `DELETE FROM events WHERE seq IN (
       SELECT seq FROM event_blocks CROSS JOIN events
         ON seq BETWEEN block * ${BLOCK} AND block * ${BLOCK} + ${BLOCK - 1} AND events.task_id = @taskId
       WHERE event_blocks.task_id = @taskId AND seq < @seq)`,
  );
  const eraseBlocks = db.prepare<[string, number]>('DELETE FROM event_blocks WHERE task_id = ? AND block < ?');
  const eraseTexts = db.prepare<[string]>('DELETE FROM blobs WHERE task_id = ?');
  const eraseBlob = db.prepare<[string]>('DELETE FROM blobs WHERE id = ?');
  const sequence = db.prepare<[], { seq: number | null }>('SELECT max(seq) AS seq FROM events');

  const selectAt = db.prepare<[number], { at: number }>('SELECT at FROM events WHERE seq = ?');

  const toEvent = (row: EventRow): LoggedEvent => {
    return { seq: row.seq, at: row.at, taskId: row.task_id, event: upgrade(JSON.parse(row.data) as TaskEvent) };
  };

  return {
    append: (taskId, events, at) =>
      events.map((event) => {
        const seq = Number(insert.run(taskId, at, JSON.stringify(event)).lastInsertRowid);
        insertBlock.run(taskId, blockOf(seq));
        return { seq, at, taskId, event };
      }),
    read({ after, taskId, limit }) {
      const from = after + 1;
      const rows =
        taskId === undefined ? readAll.all(after, limit) : readTask.all({ taskId, from, block: blockOf(from), limit });
      return rows.map(toEvent);
    },
    readBefore({ before, taskId, limit }) {
      const to = before - 1;
      return readTaskBefore
        .all({ taskId, to, block: blockOf(to), limit })
        .reverse()
        .map(toEvent);
    },
    seq: () => sequence.get()?.seq ?? 0,
    at: (seq) => selectAt.get(seq)?.at ?? null,
    keep(taskId, text, later) {
      const bytes = Buffer.byteLength(text);
      if (bytes <= MAX_INLINE_BYTES) return { text, bytes, blob: null };
      const id = createId('x');
      const whole = bytes <= MAX_BLOB_BYTES ? text : truncate(text, MAX_BLOB_BYTES / 2);
      const write = db.transaction(() => {
        for (let part = 0; part * BLOB_PART < whole.length; part += 1) {
          insertBlob.run(id, part, taskId, whole.slice(part * BLOB_PART, (part + 1) * BLOB_PART));
        }
      });
      try {
        write();
      } catch (error) {
        if (later === undefined || !isLockedError(error)) throw error;
        later(write);
      }
      return { text: truncate(text, PREVIEW), bytes, blob: id };
    },
    readBlob(taskId, blob, offset, limit) {
      let total = 0;
      let text = '';
      for (const part of selectBlob.iterate(blob, taskId)) {
        const from = Math.max(0, offset - total);
        if (from < part.text.length && text.length < limit) text += part.text.slice(from, from + limit - text.length);
        total += part.text.length;
      }
      return total === 0 ? null : { text, total };
    },
    erase(taskId, seq) {
      eraseEvents.run({ taskId, seq });
      eraseBlocks.run(taskId, blockOf(seq));
      eraseTexts.run(taskId);
    },
    eraseBlob: (blob) => void eraseBlob.run(blob),
  };
}

function blockOf(seq: number): number {
  return Math.floor(seq / BLOCK);
}
