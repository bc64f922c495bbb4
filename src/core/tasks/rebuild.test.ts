import { afterEach, beforeEach, expect, test } from 'vitest';
import { aNewTask } from '../../../test/support/task.ts';
import { createTempFolder } from '../../../test/support/temp.ts';
import { createClock } from '../base/clock.ts';
import { createId } from '../base/ids.ts';
import { type OpenDatabase, openDatabase } from '../db/open.ts';
import { createHub } from '../log/hub.ts';
import { createLog } from '../log/log.ts';
import { readFirstPage } from './first-page.ts';
import { readTask } from './rebuild.ts';
import { createTaskStore, type TaskStore } from './store.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
let opened: OpenDatabase;
let store: TaskStore;
let told: string[];

function reopen(): void {
  opened?.close();
  const outcome = openDatabase(folder.path);
  if (!outcome.ok) throw new Error(outcome.rejection.message);
  opened = outcome.value;
  const { db, file } = opened;
  const log = createLog(db);
  const tell = (words: string) => void told.push(words);
  const logger = { warn: tell, error: tell };
  store = createTaskStore({ db, file, log, hub: createHub(log), clock: createClock(), logger });
}

beforeEach(async () => {
  told = [];
  folder = await createTempFolder();
  reopen();
});
afterEach(async () => {
  opened.close();
  await folder.remove();
});

/** A task with two runs. */
function begin(): string {
  const id = createId('a');
  store.dispatch(id, { type: 'task.create', start: true, task: aNewTask(id, { goal: 'a goal', title: 'A title' }) });
  store.dispatch(id, { type: 'run.start', sessionId: 's' });
  store.dispatch(id, {
    type: 'run.settle',
    runId: `${id}.1`,
    status: 'failed',
    outcome: { code: 'crashed', words: 'It broke.', hint: null },
  });
  store.dispatch(id, { type: 'task.resume' });
  store.dispatch(id, { type: 'run.start', sessionId: 's' });
  return id;
}

const REBUILT = 'the stored state of a task was damaged, so it was made again from its log';
const damages: [string, string][] = [
  ['whose state is no JSON', `UPDATE tasks SET state = substr(state, 1, 40)`],
  ['whose state is empty', `UPDATE tasks SET state = ''`],
  ['whose state is something else', `UPDATE tasks SET state = '[]'`],
  ['whose state lacks a part', `UPDATE tasks SET state = json_remove(state, '$.items')`],
  ['whose state has a wrong value', `UPDATE tasks SET state = json_set(state, '$.status', 'dancing')`],
  ['whose goal is gone', 'DELETE FROM goals'],
  ['whose summary is no JSON', `UPDATE tasks SET summary = '{'`],
  ['whose summary is something else', `UPDATE tasks SET summary = 'null'`],
  ['whose runs are no JSON', `UPDATE runs SET data = '' WHERE no = 1`],
];

test.each(damages)('a task %s is made again from its log, once, and goes on', (_, sql) => {
  const id = begin();
  const all = () => ({ task: store.get(id), runs: store.runs(id), list: store.list({ limit: 10 }).tasks });
  const before = all();
  expect(before.runs).toHaveLength(2);
  opened.db.exec(sql);
  reopen();
  expect(all()).toEqual(before);
  expect(told).toEqual([REBUILT]);
  reopen();
  expect(all()).toEqual(before);
  expect(told).toEqual([REBUILT]);
  expect(store.dispatch(id, { type: 'task.stop', by: 'user' })).toMatchObject({ ok: true });
});

test('a task whose log is damaged too is no task any more, and the others are', () => {
  const [broken, whole] = [begin(), begin()];
  opened.db.prepare("UPDATE tasks SET state = '', summary = '' WHERE id = ?").run(broken);
  opened.db.prepare("UPDATE events SET data = '{' WHERE task_id = ?").run(broken);
  reopen();
  expect(store.get(broken)).toBeNull();
  expect(store.get(whole)).not.toBeNull();
  expect(store.list({ limit: 10 }).tasks.map(({ id }) => id)).toEqual([whole]);
  expect(new Set(told)).toEqual(new Set(['the stored state of a task and its log are damaged']));
});

test('the first page is left to the core when a summary in it is damaged', () => {
  begin();
  expect(readFirstPage(folder.path, 10)).not.toBeNull();
  opened.db.exec("UPDATE tasks SET summary = '{'");
  expect(readFirstPage(folder.path, 10)).toBeNull();
});

test('a stored task is read as the schema has it: what is not of a task is left out, and a part that is missing is damage', () => {
  const task = store.get(begin());
  if (task === null) throw new Error('no task');
  const { goal, ...state } = task;
  expect(readTask(JSON.stringify({ ...state, ofAnotherVersion: 1 }), goal)).toEqual(task);
  expect(readTask(JSON.stringify({ ...state, limits: undefined }), goal)).toBeNull();
});
