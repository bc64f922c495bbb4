import { readBeforeOpen } from '../db/read-before-open.ts';

/**
 * The first page of `tasks.list` (those that are not archived, at most `limit`) as JSON text, read from the file before
 * a core is open, also beside a host that has it open. Null wherever anything is not as this Drover would have it: a
 * core then says what is wrong.
 */
export function readFirstPage(dataFolder: string, limit: number): string | null {
  return readBeforeOpen(dataFolder, (db) => {
    // One look at both: what is logged later than this is told by its events.
    db.exec('BEGIN');
    const rows = db
      .prepare<[number], { id: string; created_at: number; summary: string; whole: number }>(
        `SELECT id, created_at, summary, json_valid(summary) AS whole FROM tasks WHERE archived = 0
         ORDER BY created_at DESC, id DESC LIMIT ?`,
      )
      .all(limit + 1);
    const log = db.prepare<[], { seq: number | null }>('SELECT max(seq) AS seq FROM events').get();
    if (rows.some(({ whole }) => whole !== 1)) return null;
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const nextCursor = rows.length > limit && last ? `${last.created_at} ${last.id}` : null;
    const tasks = page.map(({ summary }) => summary).join(',');
    return `{"tasks":[${tasks}],"nextCursor":${JSON.stringify(nextCursor)},"fromSeq":${log?.seq ?? 0},"hits":[]}`;
  });
}
