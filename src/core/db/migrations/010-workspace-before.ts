import type { Migration } from '../migration.ts';

/** The files of a workspace that were not as git has them before the agent began, as JSON: path to what tells a change. */
export const workspaceBeforeMigration: Migration = {
  id: 10,
  name: 'workspace-before',
  sql: `
    CREATE TABLE workspace_before (
      workspace_id TEXT PRIMARY KEY,
      files TEXT NOT NULL
    ) WITHOUT ROWID;
  `,
};
