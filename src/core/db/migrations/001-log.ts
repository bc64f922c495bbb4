import type { Migration } from '../migration.ts';

/**
 * The log and its projections. What storing one event costs is the number of pages it changes, so `events` has no index:
 * `event_blocks` says in which blocks of 64 sequence numbers a task has events, and seldom gets a new row. Sequence
 * numbers are never used twice because the newest event is never erased. `tasks` keeps its rowid so that a row lies in
 * one page, where a table without would spread it over several; `summary` stands before `state` so that a list never
 * reads the overflow pages of a long state; goals, which never change while a task runs, have a table of their own for
 * the same reason.
 */
export const logMigration: Migration = {
  id: 1,
  name: 'log',
  sql: `
    CREATE TABLE events (
      seq INTEGER PRIMARY KEY,
      task_id TEXT NOT NULL,
      at INTEGER NOT NULL,
      data TEXT NOT NULL
    );
    CREATE TABLE event_blocks (
      task_id TEXT NOT NULL,
      block INTEGER NOT NULL,
      PRIMARY KEY (task_id, block)
    ) WITHOUT ROWID;

    CREATE TABLE tasks (
      id TEXT PRIMARY KEY,
      project_id TEXT NOT NULL,
      status TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      queued_seq INTEGER,
      title TEXT NOT NULL,
      summary TEXT NOT NULL,
      state TEXT NOT NULL
    );
    CREATE INDEX tasks_by_age ON tasks (created_at DESC, id DESC);
    CREATE INDEX tasks_by_project ON tasks (project_id, created_at DESC, id DESC);
    CREATE INDEX tasks_by_status ON tasks (status, queued_seq);

    CREATE TABLE goals (task_id TEXT PRIMARY KEY, goal TEXT NOT NULL);

    CREATE TABLE runs (
      id TEXT PRIMARY KEY,
      task_id TEXT NOT NULL,
      no INTEGER NOT NULL,
      data TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX runs_by_task ON runs (task_id, no);

    CREATE TABLE receipts (
      command_id TEXT PRIMARY KEY,
      at INTEGER NOT NULL,
      answer TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX receipts_by_age ON receipts (at);

    CREATE TABLE blobs (
      id TEXT NOT NULL,
      part INTEGER NOT NULL,
      task_id TEXT NOT NULL,
      text TEXT NOT NULL,
      PRIMARY KEY (id, part)
    ) WITHOUT ROWID;
    CREATE INDEX blobs_by_task ON blobs (task_id);
  `,
};
