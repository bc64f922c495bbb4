import type { Migration } from '../migration.ts';

/** The checkpoints of tasks. `gone`: the task is deleted, and their refs are to be deleted too. */
export const checkpointsMigration: Migration = {
  id: 17,
  name: 'checkpoints',
  sql: `CREATE TABLE checkpoints (
    task_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    project_id TEXT NOT NULL,
    workspace_id TEXT NOT NULL,
    run_no INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    kind TEXT NOT NULL,
    tree TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    gone INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (task_id, seq)
  ) WITHOUT ROWID;
  CREATE INDEX checkpoints_gone ON checkpoints (task_id) WHERE gone = 1;`,
};
