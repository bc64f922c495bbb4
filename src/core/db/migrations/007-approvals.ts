import type { Migration } from '../migration.ts';

/**
 * Every tool call that was judged, and what came of it: a projection of the events, written with them. `seq` is the
 * event that asked, or settled what nobody had to be asked about: there stands the exact input, of which `head` is the
 * beginning for searching. Rows stand in the order of time. Most are answered by the autonomy at once, so what is looked
 * for among the others has small indexes.
 */
export const approvalsMigration: Migration = {
  id: 7,
  name: 'approvals',
  sql: `
    CREATE TABLE approvals (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      task_id TEXT NOT NULL,
      project_id TEXT NOT NULL,
      run_id TEXT NOT NULL,
      call_id TEXT,
      kind TEXT NOT NULL,
      tool TEXT NOT NULL,
      title TEXT NOT NULL,
      head TEXT NOT NULL,
      folder TEXT NOT NULL,
      status TEXT NOT NULL,
      answered_by TEXT,
      reason TEXT,
      asked_at INTEGER NOT NULL,
      settled_at INTEGER,
      decision TEXT,
      followed TEXT
    );
    CREATE INDEX approvals_by_task ON approvals (task_id);
    CREATE INDEX approvals_pending ON approvals (status) WHERE status = 'pending';
    CREATE INDEX approvals_by_decider ON approvals (answered_by) WHERE answered_by <> 'autonomy';
    CREATE INDEX approvals_by_call ON approvals (run_id, call_id) WHERE call_id IS NOT NULL AND followed IS NULL;
  `,
};
