import type { Migration } from '../migration.ts';

/** The first lines of what people have written to agents, to be searched. */
export const messagesMigration: Migration = {
  id: 12,
  name: 'messages',
  sql: `
    CREATE TABLE messages (
      task_id TEXT NOT NULL,
      message_id TEXT NOT NULL,
      line TEXT NOT NULL,
      PRIMARY KEY (task_id, message_id)
    ) WITHOUT ROWID;
    INSERT OR IGNORE INTO messages (task_id, message_id, line)
      SELECT task_id, data ->> '$.message.id',
        substr(data ->> '$.message.text', 1, instr(substr(data ->> '$.message.text', 1, 500) || char(10), char(10)) - 1)
      FROM events WHERE data LIKE '%"message.queued"%' AND data ->> '$.type' = 'message.queued';
  `,
};
