import type { Migration } from '../migration.ts';

/**
 * Pausing everything is a command with events and receipts; it used to be a setting, which is taken over. The events are
 * about no task, so they stand in a table of their own.
 */
export const pausesMigration: Migration = {
  id: 13,
  name: 'pauses',
  sql: `
    CREATE TABLE pauses (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, by TEXT NOT NULL, data TEXT NOT NULL
    );
    CREATE TABLE pause_receipts (command_id TEXT PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;
    INSERT INTO pauses (at, by, data)
      SELECT CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER), 'user', '{"type":"drover.paused","from":null}'
      FROM settings WHERE key = 'task.paused' AND value = 'true';
    DELETE FROM settings WHERE key = 'task.paused';
  `,
};
