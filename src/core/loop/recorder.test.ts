import { afterEach, beforeEach, expect, test } from 'vitest';
import { aNewTask } from '../../../test/support/task.ts';
import { createTempFolder } from '../../../test/support/temp.ts';
import { createClock } from '../base/clock.ts';
import { createId } from '../base/ids.ts';
import { type OpenDatabase, openDatabase } from '../db/open.ts';
import { createHub } from '../log/hub.ts';
import { createLog } from '../log/log.ts';
import { createTaskStore, type TaskStore } from '../tasks/store.ts';
import { NotRecorded } from './held-events.ts';
import { createPersist } from './persist.ts';
import { createRecorder, type Recorder } from './recorder.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
let opened: OpenDatabase;
let store: TaskStore;
let recorder: Recorder;
let taskId: string;

beforeEach(async () => {
  folder = await createTempFolder();
  const outcome = openDatabase(folder.path);
  if (!outcome.ok) throw new Error(outcome.rejection.message);
  opened = outcome.value;
  const log = createLog(opened.db);
  const hub = createHub(log);
  store = createTaskStore({ db: opened.db, file: opened.file, log, hub, clock: createClock() });
  taskId = createId('a');
  store.dispatch(taskId, {
    type: 'task.create',
    start: true,
    task: aNewTask(taskId, {}, []),
  });
  store.dispatch(taskId, { type: 'run.start', sessionId: 's' });
  recorder = createRecorder({
    taskId,
    runId: `${taskId}.1`,
    store,
    log,
    hub,
    persist: createPersist({ firstMs: 10, longestMs: 50 }),
  });
});
afterEach(async () => {
  opened.close();
  await folder.remove();
});

const events = () => opened.db.prepare('SELECT data FROM events').all().length;

test('when the log cannot be written the run is told once, and nothing more is written', () => {
  const failures: Error[] = [];
  const report = recorder.report({ alive() {}, responded() {}, failed: (error) => failures.push(error) });
  opened.db.pragma(`max_page_count = ${Number(opened.db.pragma('page_count', { simple: true })) + 2}`);
  const before = events();
  const text = 'x'.repeat(30_000);
  for (let n = 0; n < 5; n += 1) report.entry({ type: 'text', entryId: String(n), text, parent: null });
  expect(failures).toHaveLength(1);
  expect(failures[0]).toBeInstanceOf(NotRecorded);
  expect(failures[0]?.message).toMatch(/^The disk is full/);
  expect(events()).toBe(before);
  expect(() =>
    recorder.record({ type: 'session.started', runId: `${taskId}.1`, sessionId: text, model: null }),
  ).toThrow(NotRecorded);
});

test('a run that is over can write nothing', () => {
  store.dispatch(taskId, {
    type: 'run.settle',
    runId: `${taskId}.1`,
    status: 'failed',
    outcome: { code: 'crashed', words: '', hint: null },
  });
  expect(() => recorder.record({ type: 'session.started', runId: `${taskId}.1`, sessionId: 's', model: null })).toThrow(
    /is over/,
  );
});

test('after a great deal of output in one turn only beginnings are kept, and the log says so once', () => {
  const report = recorder.report({
    alive() {},
    responded() {},
    failed: (error) => {
      throw error;
    },
  });
  recorder.beginTurn();
  const text = 'y'.repeat(8 * 1024 * 1024);
  for (let n = 0; n < 8; n += 1) report.entry({ type: 'text', entryId: String(n), text, parent: null });
  const logged = opened.db
    .prepare("SELECT data FROM events WHERE json_extract(data, '$.type') IN ('entry.text', 'notice.recorded')")
    .all() as { data: string }[];
  const parsed = logged.map(
    ({ data }) => JSON.parse(data) as { type: string; content?: { text: string; bytes: number; blob: string | null } },
  );
  expect(parsed.filter((event) => event.type === 'notice.recorded')).toHaveLength(1);
  const last = parsed.at(-1)?.content;
  expect(last?.blob).toBeNull();
  expect(last?.bytes).toBe(text.length);
  expect(last?.text.length).toBeLessThanOrEqual(400);
});

test('the clocks are told: a notice is a sign of life, an entry is an answer', () => {
  let alive = 0;
  let responded = 0;
  const report = recorder.report({
    alive: () => {
      alive += 1;
    },
    responded: () => {
      responded += 1;
    },
    failed() {},
  });
  report.entry({ type: 'notice', level: 'info', code: 'retry', words: 'w' });
  expect([alive, responded]).toEqual([1, 0]);
  report.entry({ type: 'text', entryId: 'e', text: 'hello', parent: null });
  expect([alive, responded]).toEqual([2, 1]);
});
