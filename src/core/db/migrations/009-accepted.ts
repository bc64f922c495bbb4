import type { Migration } from '../migration.ts';

/** A person can say that a task is done: no task of before was. */
export const acceptedMigration: Migration = {
  id: 9,
  name: 'accepted',
  sql: `
    UPDATE tasks SET
      summary = json_set(summary, '$.acceptedAt', NULL),
      state = json_set(state, '$.acceptedAt', NULL);
  `,
};
