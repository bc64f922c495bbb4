import type { TaskHit } from '../../contract/task/state.ts';
import { excerpt, truncate } from '../../contract/text.ts';
import { anywhere } from '../db/like.ts';
import type { Db } from '../db/open.ts';
import type { Projection } from './store.ts';

/** More words than anybody looks for make the question slow and find nothing. */
const MOST_WORDS = 10;
/** Of a message only the first line is looked into, and of that so many characters. */
const LINE = 500;
const EXCERPT = 160;

/**
 * Finds tasks by words: each must occur in title, id, branch, outcome, goal, items or the first lines of messages.
 * Capital letters do not matter where they are plain ones (A to Z).
 */
export interface TaskSearch extends Projection {
  /** A condition on the table `tasks`, for a question that has it under this name. */
  condition(search: string): { sql: string; values: string[] };
  /** Where a task that was found has the words; null when they are in its title. */
  hit(taskId: string, title: string, search: string): TaskHit | null;
}

const IN_TASK = ['tasks.title', 'tasks.id', "tasks.summary ->> '$.branch'", "tasks.summary ->> '$.outcome.words'"];
const CONDITION = `(${[
  ...IN_TASK.map((place) => `${place} LIKE ? ESCAPE '\\'`),
  "EXISTS (SELECT 1 FROM goals WHERE goals.task_id = tasks.id AND goals.goal LIKE ? ESCAPE '\\')",
  "EXISTS (SELECT 1 FROM json_each(tasks.state, '$.items') AS item WHERE item.value ->> 'text' LIKE ? ESCAPE '\\')",
  "EXISTS (SELECT 1 FROM messages WHERE messages.task_id = tasks.id AND messages.line LIKE ? ESCAPE '\\')",
].join(' OR ')})`;
const PLACES = IN_TASK.length + 3;

export function createTaskSearch(db: Db): TaskSearch {
  const insert = db.prepare<[string, string, string]>(
    'INSERT OR IGNORE INTO messages (task_id, message_id, line) VALUES (?, ?, ?)',
  );
  const change = db.prepare<[string, string, string]>(
    'UPDATE messages SET line = ? WHERE task_id = ? AND message_id = ?',
  );
  const forget = db.prepare<[string, string]>('DELETE FROM messages WHERE task_id = ? AND message_id = ?');
  const erase = db.prepare<[string]>('DELETE FROM messages WHERE task_id = ?');
  const texts = db.prepare<[string, string, string], { place: TaskHit['where']; text: string }>(
    `SELECT 'item' AS place, item.value ->> 'text' AS text
       FROM tasks, json_each(tasks.state, '$.items') AS item WHERE tasks.id = ?
     UNION ALL SELECT 'goal', goal FROM goals WHERE task_id = ?
     UNION ALL SELECT 'message', line FROM messages WHERE task_id = ?`,
  );

  return {
    write(task, events) {
      for (const { event } of events) {
        if (event.type === 'message.queued') insert.run(task.id, event.message.id, lineOf(event.message.text));
        else if (event.type === 'message.edited') change.run(lineOf(event.text), task.id, event.messageId);
        else if (event.type === 'message.withdrawn') forget.run(task.id, event.messageId);
      }
    },
    erase: (taskId) => void erase.run(taskId),
    condition(search) {
      const words = wordsOf(search);
      return {
        sql: words.map(() => CONDITION).join(' AND ') || '1',
        values: words.flatMap((word) => Array<string>(PLACES).fill(anywhere(word))),
      };
    },
    hit(taskId, title, search) {
      const missing = wordsOf(search).find((word) => !title.toLowerCase().includes(word));
      if (missing === undefined) return null;
      for (const { place, text } of texts.iterate(taskId, taskId, taskId)) {
        const at = text.toLowerCase().indexOf(missing);
        if (at >= 0) return { taskId, where: place, words: excerpt(text, at, EXCERPT) };
      }
      return null;
    },
  };
}

function lineOf(text: string): string {
  return truncate(text.trim().split('\n', 1)[0] ?? '', LINE);
}

function wordsOf(search: string): string[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
}
