import type { Migration } from '../migration.ts';

/** Usage limits that agents have reached, until they lift; times in milliseconds since 1970. */
export const agentLimitsMigration: Migration = {
  id: 15,
  name: 'agent-limits',
  sql: `CREATE TABLE agent_limits (
    agent TEXT PRIMARY KEY,
    until INTEGER NOT NULL,
    words TEXT NOT NULL
  ) WITHOUT ROWID;`,
};
