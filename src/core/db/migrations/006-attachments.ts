import type { Migration } from '../migration.ts';

/** The files that were given with goals; `task_id` is null until a task takes one. */
export const attachmentsMigration: Migration = {
  id: 6,
  name: 'attachments',
  sql: `
    CREATE TABLE attachments (
      id TEXT PRIMARY KEY,
      task_id TEXT,
      name TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      added_at INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX attachments_by_task ON attachments (task_id);
  `,
};
