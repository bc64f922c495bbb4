import type { Migration } from '../migration.ts';

/** `scope_id` is the task or the project a rule counts in, and empty for one that counts everywhere. */
export const rulesMigration: Migration = {
  id: 8,
  name: 'rules',
  sql: `
    CREATE TABLE rules (
      id TEXT PRIMARY KEY,
      scope TEXT NOT NULL,
      scope_id TEXT NOT NULL,
      tool TEXT NOT NULL,
      pattern TEXT NOT NULL,
      decision TEXT NOT NULL,
      enabled INTEGER NOT NULL,
      made_by TEXT NOT NULL,
      approval_id TEXT,
      created_at INTEGER NOT NULL,
      last_used_at INTEGER,
      uses INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE UNIQUE INDEX rules_by_shape ON rules (scope, scope_id, tool, pattern, decision);
  `,
};
