import type { Migration } from '../migration.ts';

/**
 * Which long texts are outputs of commands and tools, which may be removed before their task: filled from the events that
 * are there. `removed_at` is set when the text is gone. And what automatic clean-ups did, at times in milliseconds since
 * 1970; `ended_at` is null while one is under way, and of one that was cut short.
 */
export const outputsMigration: Migration = {
  id: 16,
  name: 'outputs',
  sql: `
    CREATE TABLE outputs (
      blob TEXT PRIMARY KEY,
      task_id TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      removed_at INTEGER
    ) WITHOUT ROWID;
    CREATE INDEX outputs_by_task ON outputs (task_id);
    INSERT OR IGNORE INTO outputs (blob, task_id, bytes)
      SELECT json_extract(data, '$.output.blob'), task_id, json_extract(data, '$.output.bytes') FROM events
      WHERE instr(data, '"blob":"') > 0
        AND json_extract(data, '$.type') IN ('tool.settled', 'check.settled')
        AND json_extract(data, '$.output.blob') IS NOT NULL;

    CREATE TABLE clean_ups (
      at INTEGER PRIMARY KEY,
      ended_at INTEGER,
      removed INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      stayed INTEGER NOT NULL
    );
  `,
};
