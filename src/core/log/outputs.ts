import type { LoggedEvent } from '../../contract/task/events.ts';
import type { Db } from '../db/open.ts';
import { type Log, MAX_BLOB_BYTES } from './log.ts';

/**
 * The long outputs of commands and tools, apart from what was said, asked and answered: a projection of the events of
 * tasks. They can be removed while their task stays, with the beginning of each in its event.
 */
export interface Outputs {
  /** To be called in the transaction that stores the events: so outputs go with the event that says so. */
  write(task: { id: string }, events: readonly LoggedEvent[]): void;
  erase(taskId: string): void;
  /** What is stored now, one entry a task; bytes. */
  stored(filter?: { taskId?: string | undefined }): { taskId: string; count: number; bytes: number }[];
  /** When an output was removed and how large it was; null when it was not. */
  removed(taskId: string, blob: string): { at: number; bytes: number } | null;
}

export function createOutputs(db: Db, log: Pick<Log, 'eraseBlob'>): Outputs {
  const insert = db.prepare<[string, string, number]>(
    'INSERT OR IGNORE INTO outputs (blob, task_id, bytes) VALUES (?, ?, ?)',
  );
  const blobsOf = db.prepare<[string], { blob: string }>(
    'SELECT blob FROM outputs WHERE task_id = ? AND removed_at IS NULL',
  );
  const mark = db.prepare<[number, string]>(
    'UPDATE outputs SET removed_at = ? WHERE task_id = ? AND removed_at IS NULL',
  );
  const erase = db.prepare<[string]>('DELETE FROM outputs WHERE task_id = ?');
  // Of one text no more is stored than `MAX_BLOB_BYTES`.
  const sums = `SELECT task_id AS taskId, count(*) AS count, sum(min(bytes, ${MAX_BLOB_BYTES})) AS bytes FROM outputs
    WHERE removed_at IS NULL`;
  const all = db.prepare<[], { taskId: string; count: number; bytes: number }>(`${sums} GROUP BY task_id`);
  const ofTask = db.prepare<[string], { taskId: string; count: number; bytes: number }>(
    `${sums} AND task_id = ? GROUP BY task_id`,
  );
  const selectRemoved = db.prepare<[string, string], { at: number; bytes: number }>(
    'SELECT removed_at AS at, bytes FROM outputs WHERE blob = ? AND task_id = ? AND removed_at IS NOT NULL',
  );
  return {
    write({ id }, events) {
      for (const { at, event } of events) {
        if (event.type === 'leftover.removed' && event.what === 'outputs') {
          for (const { blob } of blobsOf.all(id)) log.eraseBlob(blob);
          mark.run(at, id);
        } else if (event.type === 'tool.settled' || event.type === 'check.settled') {
          const { blob, bytes } = event.output;
          if (blob !== null) insert.run(blob, id, bytes);
        }
      }
    },
    erase: (taskId) => void erase.run(taskId),
    stored: ({ taskId } = {}) => (taskId === undefined ? all.all() : ofTask.all(taskId)),
    removed: (taskId, blob) => selectRemoved.get(blob, taskId) ?? null,
  };
}
