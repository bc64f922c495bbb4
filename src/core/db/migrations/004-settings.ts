import type { Migration } from '../migration.ts';

export const settingsMigration: Migration = {
  id: 4,
  name: 'settings',
  sql: `CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;`,
};
