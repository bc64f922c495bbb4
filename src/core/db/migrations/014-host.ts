import type { Migration } from '../migration.ts';

/** The id of this Drover, one row: by it a client knows whose log it follows. It is made when it is first asked for. */
export const hostMigration: Migration = {
  id: 14,
  name: 'host',
  sql: 'CREATE TABLE host (id TEXT PRIMARY KEY) WITHOUT ROWID;',
};
