import type { Migration } from '../migration.ts';

export const projectsMigration: Migration = {
  id: 2,
  name: 'projects',
  sql: `
    CREATE TABLE projects (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL UNIQUE COLLATE NOCASE,
      path TEXT NOT NULL UNIQUE,
      trusted INTEGER NOT NULL,
      settings TEXT NOT NULL,
      added_at INTEGER NOT NULL
    ) WITHOUT ROWID;
  `,
};
