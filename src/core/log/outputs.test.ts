import { afterEach, beforeEach, expect, test } from 'vitest';
import { aNewTask } from '../../../test/support/task.ts';
import { type OpenTaskStore, openTaskStore } from '../../../test/support/task-store.ts';
import { createClock } from '../base/clock.ts';
import { outputsMigration } from '../db/migrations/016-outputs.ts';
import { createTaskStore, type TaskStore } from '../tasks/store.ts';
import { createOutputs, type Outputs } from './outputs.ts';

const TASK = 'a00000001';
const LONG = 'long '.repeat(20_000);

let opened: OpenTaskStore;
let outputs: Outputs;
let store: TaskStore;
beforeEach(async () => {
  opened = await openTaskStore();
  const { db, log, hub, folder } = opened;
  outputs = createOutputs(db, log);
  store = createTaskStore({ db, file: folder, log, hub, clock: createClock(), projections: [outputs] });
});
afterEach(() => opened.close());

/** A task that has run, with a long prompt, text, input and output, of which the stored names are given. */
function ran() {
  const { log } = opened;
  const act = (command: Parameters<TaskStore['dispatch']>[1]) => {
    const done = store.dispatch(TASK, command);
    if (!done.ok) throw new Error(done.rejection.message);
  };
  const [prompt, content, input, output, check] = [0, 1, 2, 3, 4].map(() => log.keep(TASK, LONG));
  if (!prompt || !content || !input || !output || !check) throw new Error('There are five.');
  const runId = `${TASK}.1`;
  act({ type: 'task.create', start: true, task: aNewTask(TASK) });
  act({ type: 'run.start', sessionId: null });
  act({
    type: 'run.record',
    runId,
    events: [
      { type: 'turn.requested', runId, turn: 1, kind: 'brief', prompt, messageIds: [] },
      { type: 'entry.text', runId, entryId: 'e1', content, parent: null },
      { type: 'tool.called', runId, callId: 'c1', name: 'Bash', input, parent: null },
      { type: 'tool.settled', runId, callId: 'c1', ok: true, output, durationMs: 1 },
      {
        type: 'check.settled',
        ...{ runId, command: ['true'], itemId: null, ok: true, exitCode: 0, output: check, durationMs: 1 },
      },
    ],
  });
  const settle = () =>
    act({
      type: 'run.settle',
      runId,
      status: 'completed',
      outcome: { code: 'all-items-completed', words: 'Done.', hint: null },
    });
  return { settle, texts: { prompt, content, input }, outputs: { output, check } };
}

const stored = (blob: string | null) => opened.log.readBlob(TASK, blob ?? '', 0, 10) !== null;
const remove = () => store.dispatch(TASK, { type: 'leftover.remove', what: 'outputs', name: '', bytes: 1, by: 'user' });

test('outputs are removed with the event that says so; what was said and asked stays', () => {
  const made = ran();
  expect(outputs.stored()).toEqual([{ taskId: TASK, count: 2, bytes: 2 * LONG.length }]);
  expect(remove()).toMatchObject({ ok: false, rejection: { code: 'wrong-state' } });
  expect(stored(made.outputs.output.blob)).toBe(true);
  made.settle();
  const before = store.get(TASK);
  expect(remove().ok).toBe(true);
  expect(Object.values(made.outputs).map(({ blob }) => stored(blob))).toEqual([false, false]);
  expect(Object.values(made.texts).map(({ blob }) => stored(blob))).toEqual([true, true, true]);
  expect(outputs.stored()).toEqual([]);
  expect(outputs.removed(TASK, made.outputs.output.blob ?? '')).toEqual({
    at: expect.any(Number),
    bytes: LONG.length,
  });
  expect(outputs.removed(TASK, made.texts.input.blob ?? '')).toBeNull();
  // What else the task has left does not stay longer for it.
  expect(store.get(TASK)).toEqual(before);
  expect(opened.log.read({ taskId: TASK, after: 0, limit: 100 }).at(-1)?.event.type).toBe('leftover.removed');
});

test('what is known of outputs goes with their task', () => {
  const made = ran();
  made.settle();
  store.dispatch(TASK, { type: 'task.delete', keepWorkspace: true, hasWorkspace: false });
  expect(outputs.stored()).toEqual([]);
  expect(opened.db.prepare('SELECT count(*) AS n FROM outputs').get()).toEqual({ n: 0 });
});

test('the outputs of earlier versions are found in their events', () => {
  const made = ran();
  opened.db.exec('DROP TABLE outputs; DROP TABLE clean_ups;');
  opened.db.exec(outputsMigration.sql);
  const found = opened.db.prepare('SELECT blob, task_id, bytes, removed_at FROM outputs ORDER BY blob').all();
  const { output, check } = made.outputs;
  expect(found).toEqual(
    [output.blob, check.blob].sort().map((blob) => ({ blob, task_id: TASK, bytes: LONG.length, removed_at: null })),
  );
});
