import type { Migration } from '../migration.ts';

/** Rows stay when a workspace is removed, and when its task or project is: they tell where kept work went. */
export const workspacesMigration: Migration = {
  id: 3,
  name: 'workspaces',
  sql: `
    CREATE TABLE workspaces (
      id TEXT PRIMARY KEY,
      task_id TEXT NOT NULL,
      project_id TEXT NOT NULL,
      path TEXT NOT NULL,
      branch TEXT NOT NULL,
      base_branch TEXT,
      base_commit TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      state TEXT NOT NULL,
      kept TEXT
    ) WITHOUT ROWID;
    CREATE INDEX workspaces_by_task ON workspaces (task_id);
    CREATE INDEX workspaces_by_project ON workspaces (project_id);
    CREATE INDEX workspaces_by_age ON workspaces (created_at DESC);
  `,
};
