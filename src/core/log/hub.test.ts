import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { must } from '../../../test/support/host.ts';
import { createTempFolder } from '../../../test/support/temp.ts';
import type { LoggedEvent, TaskEvent } from '../../contract/task/events.ts';
import { openDatabase } from '../db/open.ts';
import { createHub } from './hub.ts';
import { createLog, type Log } from './log.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
let opened: ReturnType<typeof open>;
let log: Log;
let reads: number;

function open() {
  return must(openDatabase(path.join(folder.path, 'data')));
}

beforeEach(async () => {
  folder = await createTempFolder();
  opened = open();
  const real = createLog(opened.db);
  reads = 0;
  log = {
    ...real,
    read(options) {
      reads += 1;
      return real.read(options);
    },
  };
});

afterEach(async () => {
  opened.close();
  await folder.remove();
});

const TASKS = ['a00000001', 'a00000002', 'a00000003'] as const;
const noted = (text: string): TaskEvent => ({ type: 'item.noted', itemId: '1', note: { at: 0, by: 'agent', text } });

/** What a stream gives until it says that it is up to date, or until as many events have come. */
async function take(hub: ReturnType<typeof createHub>, options: { after?: number; taskId?: string }, events?: number) {
  const stop = new AbortController();
  const seqs: number[] = [];
  for await (const message of hub.stream(options, stop.signal)) {
    if (message.type === 'event') seqs.push(message.event.seq);
    if (events === undefined ? message.type === 'caught-up' : seqs.length === events) stop.abort();
  }
  return seqs;
}

test('a stream that is up to date never looks into the log, and one that comes back finds the newest in memory', async () => {
  const hub = createHub(log);
  const following = take(hub, {}, 300);
  const ofOne = take(hub, { taskId: TASKS[0] }, 100);
  for (let n = 0; n < 300; n += 1) {
    hub.publish(log.append(TASKS[n % 3] ?? '', [noted(String(n))], n));
    // Others read between, as they do between two turns of the event loop.
    await new Promise(setImmediate);
  }
  const all = Array.from({ length: 300 }, (_, n) => n + 1);
  expect(await following).toEqual(all);
  expect(await ofOne).toEqual(all.filter((seq) => seq % 3 === 1));
  expect(await take(hub, { after: 240 })).toEqual(all.slice(240));
  expect(reads).toBe(0);
});

test('a reader of a log that has gone back is told where this one ends, and whose it is, and gets what is new', async () => {
  const hub = createHub(log, { host: 'h00000001' });
  hub.publish(log.append(TASKS[0], [noted('old')], 1));
  const stop = new AbortController();
  const messages = hub.stream({ after: 50 }, stop.signal);
  expect((await messages.next()).value).toEqual({ type: 'caught-up', host: 'h00000001', seq: 1, at: 1, afterAt: null });
  hub.publish(log.append(TASKS[0], [noted('new')], 2));
  expect((await messages.next()).value).toMatchObject({ type: 'event', event: { seq: 2 } });
  stop.abort();
  await messages.return(undefined);
});

test('a reader is told when what it has seen last was stored: another log has another time', async () => {
  const hub = createHub(log, { host: 'h00000001' });
  hub.publish(log.append(TASKS[0], [noted('one'), noted('two')], 7));
  hub.publish(log.append(TASKS[0], [noted('three')], 9));
  const stop = new AbortController();
  const messages = hub.stream({ after: 2 }, stop.signal);
  await messages.next();
  expect((await messages.next()).value).toMatchObject({ type: 'caught-up', seq: 3, at: 9, afterAt: 7 });
  stop.abort();
  await messages.return(undefined);
});

test('whoever reads from anywhere gets what the log holds, whatever was deleted meanwhile', async () => {
  const step = fc.record({
    task: fc.constantFrom(...TASKS),
    events: fc.integer({ min: 1, max: 120 }),
    deletes: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 12 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (steps, share) => {
        opened.db.exec('DELETE FROM events; DELETE FROM event_blocks');
        const hub = createHub(log);
        for (const { task, events, deletes } of steps) {
          hub.publish(
            log.append(
              task,
              Array.from({ length: events }, (_, n) => noted(String(n))),
              1,
            ),
          );
          if (!deletes) continue;
          const gone: LoggedEvent[] = log.append(task, [{ type: 'task.deleted' }], 2);
          log.erase(task, gone[0]?.seq ?? 0);
          hub.publish(gone);
        }
        const after = Math.floor(share * log.seq());
        for (const taskId of [undefined, ...TASKS]) {
          const options = { after, ...(taskId && { taskId }) };
          expect(await take(hub, options)).toEqual(log.read({ ...options, limit: 10_000 }).map(({ seq }) => seq));
        }
      },
    ),
    { numRuns: 25 },
  );
});
