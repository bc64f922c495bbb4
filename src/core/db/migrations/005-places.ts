import type { Migration } from '../migration.ts';

/**
 * Tasks have a place in the queue and may be put away; projects may be quiet and lift protections. The table is made
 * anew instead of altered: an added column would lie behind `state`, and reading it would read the state's overflow
 * pages too.
 */
export const placesMigration: Migration = {
  id: 5,
  name: 'places',
  sql: `
    CREATE TABLE tasks_new (
      id TEXT PRIMARY KEY,
      project_id TEXT NOT NULL,
      status TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      queued_seq INTEGER,
      rank REAL NOT NULL,
      archived INTEGER NOT NULL,
      title TEXT NOT NULL,
      summary TEXT NOT NULL,
      state TEXT NOT NULL
    );
    INSERT INTO tasks_new (rowid, id, project_id, status, created_at, queued_seq, rank, archived, title, summary, state)
      SELECT rowid, id, project_id, status, created_at, queued_seq, created_at, 0, title,
        json_set(summary, '$.rank', created_at, '$.archivedAt', NULL, '$.approvals', 0, '$.stalled', json('false')),
        json_set(state, '$.attachments', json('[]'), '$.approvals', json('[]'), '$.stall', NULL,
          '$.rank', created_at, '$.archivedAt', NULL)
      FROM tasks ORDER BY rowid;
    DROP TABLE tasks;
    ALTER TABLE tasks_new RENAME TO tasks;
    CREATE INDEX tasks_by_age ON tasks (created_at DESC, id DESC);
    CREATE INDEX tasks_by_archive ON tasks (archived, created_at DESC, id DESC);
    CREATE INDEX tasks_by_project ON tasks (project_id, created_at DESC, id DESC);
    CREATE INDEX tasks_by_status ON tasks (status, rank, queued_seq);

    UPDATE projects SET settings = json_set(settings, '$.quiet', json('false'), '$.lifted', json('[]'));
  `,
};
