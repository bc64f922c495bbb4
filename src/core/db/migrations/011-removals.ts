import type { Migration } from '../migration.ts';

/**
 * A workspace that is being removed says how far that has come, so that the next start can finish it or take it back.
 * Projects say whether submodules are initialised.
 */
export const removalsMigration: Migration = {
  id: 11,
  name: 'removals',
  sql: `
    ALTER TABLE workspaces ADD COLUMN removal TEXT;
    UPDATE projects SET settings = json_set(settings, '$.submodules', json('false'));
  `,
};
