import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { must } from '../../../test/support/host.ts';
import { createTempFolder } from '../../../test/support/temp.ts';
import type { TaskEvent } from '../../contract/task/events.ts';
import { openDatabase } from '../db/open.ts';
import { createLog } from './log.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
let opened: ReturnType<typeof open>;

function open() {
  return must(openDatabase(path.join(folder.path, 'data')));
}

beforeEach(async () => {
  folder = await createTempFolder();
  opened = open();
});

afterEach(async () => {
  opened.close();
  await folder.remove();
});

const noted = (text: string): TaskEvent => ({ type: 'item.noted', itemId: '1', note: { at: 0, by: 'agent', text } });

describe('events of many tasks', () => {
  test('each task reads its own, in order, from anywhere and in pages of any size', () => {
    const tasks = ['a00000001', 'a00000002', 'a00000003'];
    // Mostly one task at a time, as when one talks and others are silent, and sometimes all at once.
    const stretch = fc.record({ task: fc.constantFrom(...tasks), events: fc.integer({ min: 1, max: 90 }) });
    fc.assert(
      fc.property(
        fc.array(stretch, { minLength: 1, maxLength: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 200 }),
        (stretches, share, limit) => {
          opened.db.exec('DELETE FROM events; DELETE FROM event_blocks');
          const log = createLog(opened.db);
          const stored = stretches.flatMap(({ task, events }) =>
            Array.from({ length: events }, (_, index) => log.append(task, [noted(`${index}`)], index)).flat(),
          );
          expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, index) => index + 1));
          const after = Math.floor(share * stored.length);
          for (const taskId of tasks) {
            const wanted = stored.filter((event) => event.taskId === taskId && event.seq > after).slice(0, limit);
            expect(log.read({ after, taskId, limit })).toEqual(wanted);
            const earlier = stored.filter((event) => event.taskId === taskId && event.seq < after + 1).slice(-limit);
            expect(log.readBefore({ before: after + 1, taskId, limit })).toEqual(earlier);
          }
          expect(log.read({ after, limit })).toEqual(stored.slice(after, after + limit));
          expect(log.seq()).toBe(stored.length);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('a rolled back append leaves nothing, and the next one is found', () => {
    const log = createLog(opened.db);
    const attempt = opened.db.transaction(() => {
      log.append('a00000001', [noted('lost')], 0);
      throw new Error('no');
    });
    expect(attempt).toThrow('no');
    const [kept] = log.append('a00000001', [noted('kept')], 0);
    expect(log.read({ after: 0, taskId: 'a00000001', limit: 10 })).toEqual([kept]);
  });
});

describe('erase', () => {
  test('forgets a task up to its last event and touches no other; numbers are not used again', () => {
    let log = createLog(opened.db);
    const other = log.append('a00000002', [noted('other')], 0);
    for (let count = 0; count < 150; count += 1) log.append('a00000001', [noted(`${count}`)], 0);
    const { blob } = log.keep('a00000001', 'x'.repeat(100_000));
    const [last] = log.append('a00000001', [{ type: 'task.deleted' }], 0);
    log.erase('a00000001', last?.seq ?? 0);
    expect(log.read({ after: 0, limit: 10 })).toEqual([...other, last]);
    expect(log.read({ after: 0, taskId: 'a00000001', limit: 10 })).toEqual([last]);
    expect(log.readBlob('a00000001', blob ?? '', 0, 10)).toBeNull();

    opened.close();
    opened = open();
    log = createLog(opened.db);
    expect(log.append('a00000002', [noted('more')], 0)[0]?.seq).toBe(153);
    expect(log.read({ after: 0, taskId: 'a00000002', limit: 10 }).map(({ seq }) => seq)).toEqual([1, 153]);
  });
});

describe('long texts', () => {
  test('are read in parts of any size, whole characters of UTF-16 at a time', () => {
    const log = createLog(opened.db);
    const text = Array.from({ length: 150_000 }, (_, index) => String(index % 10)).join('');
    const kept = log.keep('a00000001', text);
    expect(kept).toMatchObject({ bytes: 150_000, blob: expect.any(String) });
    let read = '';
    for (;;) {
      const part = log.readBlob('a00000001', kept.blob ?? '', read.length, 40_000);
      expect(part?.total).toBe(150_000);
      if (!part?.text) break;
      read += part.text;
    }
    expect(read).toBe(text);
    expect(log.readBlob('a00000002', kept.blob ?? '', 0, 10)).toBeNull();
  });

  test('short ones stay in the event', () => {
    const log = createLog(opened.db);
    expect(log.keep('a00000001', 'short ü')).toEqual({ text: 'short ü', bytes: 8, blob: null });
  });
});
