import { afterEach, beforeEach, expect, test } from 'vitest';
import { createManualClock } from '../../../test/support/clock.ts';
import { aNewTask } from '../../../test/support/task.ts';
import { type OpenTaskStore, openTaskStore } from '../../../test/support/task-store.ts';
import type { RunEvent } from '../../contract/run/events.ts';
import { createDueList } from '../base/due-list.ts';
import { createId } from '../base/ids.ts';
import { silentLogger } from '../base/logger.ts';
import type { TaskStore } from '../tasks/store.ts';
import { createPersist } from './persist.ts';
import { createScheduler, type RunningTurn, type Scheduler } from './scheduler.ts';
import { createStopNotes } from './stop-notes.ts';

let opened: OpenTaskStore;
let store: TaskStore;
let scheduler: Scheduler;
let paused: boolean;
/** The runs that are under way, by their tasks. */
let running: Map<string, { signal: AbortSignal; turn: RunningTurn }>;

beforeEach(async () => {
  opened = await openTaskStore();
  store = opened.store;
  paused = false;
  running = new Map();
  scheduler = createScheduler({
    store,
    hub: opened.hub,
    logger: silentLogger,
    slots: { all: () => 4, ofProject: () => null, ofAgent: () => null },
    now: () => 0,
    due: createDueList(createManualClock()),
    limitOf: () => null,
    paused: () => paused,
    resumes: () => true,
    isCleaning: () => false,
    reserved: () => [],
    persist: createPersist({ firstMs: 10, longestMs: 50 }),
    stops: createStopNotes(`${opened.folder}/stops`),
    run: (task, signal, turn) =>
      new Promise((resolve) => {
        running.set(task.id, { signal, turn });
        signal.addEventListener('abort', () => {
          running.delete(task.id);
          resolve(null);
        });
      }),
  });
  scheduler.start();
});
afterEach(async () => {
  await scheduler.close();
  await opened.close();
});

/** A task whose run has begun its session. */
async function begin(): Promise<string> {
  const taskId = createId('a');
  store.dispatch(taskId, { type: 'task.create', start: true, task: aNewTask(taskId, {}, ['one']) });
  await expect.poll(() => running.has(taskId)).toBe(true);
  record(taskId, { type: 'session.started', runId: `${taskId}.1`, sessionId: 's', model: null });
  return taskId;
}

function record(taskId: string, ...events: RunEvent[]): void {
  expect(store.dispatch(taskId, { type: 'run.record', runId: `${taskId}.1`, events })).toMatchObject({ ok: true });
}

const handOver = (taskId: string, to: 'person' | 'loop', now?: true) =>
  store.dispatch(taskId, { type: 'session.hand-over', to, ...(now ? { now } : {}) });

test('a person who takes a session over at once ends the turn; else it comes to its end', async () => {
  const taskId = await begin();
  let yielded = 0;
  const one = running.get(taskId);
  if (one) one.turn.yield = () => (yielded += 1);
  handOver(taskId, 'person');
  expect(yielded).toBe(0);
  handOver(taskId, 'loop');
  handOver(taskId, 'person', true);
  expect(yielded).toBe(1);
});

test('a pause holds the loop and not the person who has a session; what they give back waits with the rest', async () => {
  const [loops, persons] = [await begin(), await begin()];
  handOver(persons, 'person');
  record(persons, { type: 'session.handed-over', runId: `${persons}.1`, to: 'person', sessionId: 's' });
  paused = true;
  scheduler.poke();
  await expect.poll(() => store.get(loops)?.status).toBe('queued');
  expect(store.get(persons)).toMatchObject({ status: 'running', run: { holder: 'person' } });
  handOver(persons, 'loop');
  await expect.poll(() => store.get(persons)?.status).toBe('queued');
  expect(running.size).toBe(0);
  paused = false;
  scheduler.poke();
  await expect.poll(() => running.size).toBe(2);
  expect(store.get(persons)).toMatchObject({ status: 'running', run: { no: 2, mode: 'recovery' } });
});

const verdict = (taskId: string, decision: 'nudge' | 'check'): RunEvent => ({
  type: 'verdict.reached',
  runId: `${taskId}.1`,
  turn: 1,
  decision,
  words: 'One of one items is still open.',
  open: [],
  retriesSpent: 0,
});

test('before a restart each task is put back when it is between turns, or waits for a person, and none starts', async () => {
  const [between, waits, persons] = [await begin(), await begin(), await begin()];
  record(waits, { type: 'phase.changed', runId: `${waits}.1`, phase: 'waiting', words: 'Waits for your answer.' });
  handOver(persons, 'person');
  record(persons, { type: 'session.handed-over', runId: `${persons}.1`, to: 'person', sessionId: 's' });
  let drained = false;
  const stop = new AbortController();
  const over = scheduler.drain(stop.signal).then(() => {
    drained = true;
  });
  await expect.poll(() => store.get(waits)?.status).toBe('queued');
  const queued = createId('a');
  store.dispatch(queued, { type: 'task.create', start: true, task: aNewTask(queued, {}, ['one']) });
  record(between, verdict(between, 'check'));
  record(between, { type: 'phase.changed', runId: `${between}.1`, phase: 'working', words: 'Runs the checks.' });
  expect(store.get(between)?.status).toBe('running');
  record(between, verdict(between, 'nudge'));
  await expect.poll(() => store.get(between)?.status).toBe('queued');
  expect(store.get(between)).toMatchObject({ nextMode: 'recovery' });
  await expect.poll(() => store.get(queued)?.waiting?.words).toBe('Waits until Drover has restarted.');
  expect(drained).toBe(false);
  expect([...running.keys()]).toEqual([persons]);
  handOver(persons, 'loop');
  record(persons, { type: 'session.handed-over', runId: `${persons}.1`, to: 'loop', sessionId: 's' });
  record(persons, verdict(persons, 'nudge'));
  await over;
  expect(running.size).toBe(0);

  stop.abort();
  await expect.poll(() => running.size).toBe(4);
});

test('a restart that is called off lets everything go on', async () => {
  const taskId = await begin();
  const stop = new AbortController();
  const over = scheduler.drain(stop.signal);
  stop.abort();
  await over;
  record(taskId, verdict(taskId, 'nudge'));
  expect(await begin()).not.toBe(taskId);
  expect(running.size).toBe(2);
});

test('when Drover ends while a person has a session, it is queued for them and not for the loop', async () => {
  const taskId = await begin();
  handOver(taskId, 'person');
  record(taskId, { type: 'session.handed-over', runId: `${taskId}.1`, to: 'person', sessionId: 's' });
  await scheduler.close();
  expect(store.get(taskId)).toMatchObject({ status: 'queued', nextHolder: 'person' });
});
