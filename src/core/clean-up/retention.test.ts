import { afterEach, beforeEach, expect, test } from 'vitest';
import { createManualClock } from '../../../test/support/clock.ts';
import { createTempFolder } from '../../../test/support/temp.ts';
import { eventually } from '../../../test/support/until.ts';
import type { Leftover, LeftoverName } from '../../contract/clean-up/state.ts';
import { createDueList } from '../base/due-list.ts';
import { silentLogger } from '../base/logger.ts';
import { type OpenDatabase, openDatabase } from '../db/open.ts';
import type { PreviewFilter } from './clean-up.ts';
import { createRetention, type Retention } from './retention.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const OFF = { 'retention.workspaceDays': null, 'retention.outputDays': null, 'retention.terminalDays': null };

let folder: Awaited<ReturnType<typeof createTempFolder>>;
let opened: OpenDatabase;
let clock: ReturnType<typeof createManualClock>;
let settings: { [key in keyof typeof OFF]: number | null };
let asked: PreviewFilter[];
let removed: LeftoverName[];
let leftovers: Pick<Leftover, 'kind' | 'id' | 'stays'>[];
let gate: Promise<void>;
let ended: number;

beforeEach(async () => {
  folder = await createTempFolder();
  const result = openDatabase(folder.path);
  if (!result.ok) throw new Error(result.rejection.message);
  opened = result.value;
  clock = createManualClock();
  clock.advance(1000 * 24 * HOUR);
  settings = { ...OFF };
  asked = [];
  removed = [];
  leftovers = [];
  gate = Promise.resolve();
  ended = 0;
});
afterEach(async () => {
  opened.close();
  await folder.remove();
});

/** As after a start. */
function start(): Retention {
  const retention = createRetention({
    db: opened.db,
    now: clock.now,
    settings: () => settings,
    due: createDueList(clock),
    cleanUp: {
      async preview(filter) {
        asked.push(filter);
        return leftovers.filter(({ kind }) => filter.kinds?.includes(kind)) as Leftover[];
      },
      async remove(names) {
        await gate;
        removed.push(...names);
        return names.map((name) => ({ ...name, removed: true as const, bytes: 100 }));
      },
    },
    changed: () => {
      ended += 1;
    },
    logger: silentLogger,
    firstMs: 10 * MINUTE,
  });
  retention.plan();
  return retention;
}
const end = (no: number) => eventually(() => expect(ended).toBe(no));

test('nothing is asked for as long as nobody has set anything, however long that is', async () => {
  const retention = start();
  for (let day = 0; day < 5; day += 1) clock.advance(24 * HOUR);
  await retention.close();
  expect(asked).toEqual([]);
  expect(retention.last()).toBeNull();
});

test('what is set is asked for some minutes later and then once a day, and what may go goes', async () => {
  const retention = start();
  settings = { ...OFF, 'retention.workspaceDays': 30, 'retention.outputDays': 7 };
  leftovers = [
    { kind: 'workspace', id: 'a00000001-1', stays: null },
    { kind: 'workspace', id: 'a00000002-1', stays: { why: 'unmerged', count: 1, named: '' } },
    { kind: 'outputs', id: 'a00000001', stays: null },
    { kind: 'terminal', id: 'k00000001', stays: null },
  ];
  retention.plan();
  clock.advance(9 * MINUTE);
  expect(asked).toEqual([]);
  clock.advance(MINUTE);
  await end(1);
  expect(asked).toEqual([
    { kinds: ['workspace'], olderThanDays: 30 },
    { kinds: ['outputs'], olderThanDays: 7 },
  ]);
  expect(removed.map(({ id }) => id)).toEqual(['a00000001-1', 'a00000001']);
  expect(retention.last()).toMatchObject({ removed: 2, bytes: 200, stayed: 1 });
  expect(retention.last()?.endedAt).not.toBeNull();
  leftovers = [];
  clock.advance(23 * HOUR);
  expect(asked).toHaveLength(2);
  clock.advance(HOUR);
  await end(2);
  expect(asked).toHaveLength(4);
  await retention.close();
});

test('a start soon after does not ask again before the day is over; one after that asks some minutes later', async () => {
  settings = { ...OFF, 'retention.terminalDays': 1 };
  const first = start();
  clock.advance(10 * MINUTE);
  await end(1);
  await first.close();
  const second = start();
  clock.advance(HOUR);
  expect(asked).toHaveLength(1);
  await second.close();
  clock.advance(48 * HOUR);
  const third = start();
  clock.advance(9 * MINUTE);
  expect(asked).toHaveLength(1);
  clock.advance(MINUTE);
  await end(2);
  await third.close();
});

test('switched off in between, nothing is asked; one that ends with Drover is cut short, and says so', async () => {
  settings = { ...OFF, 'retention.outputDays': 1 };
  const retention = start();
  settings = { ...OFF };
  retention.plan();
  clock.advance(48 * HOUR);
  expect(asked).toEqual([]);
  settings = { ...OFF, 'retention.outputDays': 1 };
  leftovers = [
    { kind: 'outputs', id: 'a00000001', stays: null },
    { kind: 'outputs', id: 'a00000002', stays: null },
  ];
  let open = () => {};
  gate = new Promise((resolve) => {
    open = resolve;
  });
  retention.plan();
  clock.advance(10 * MINUTE);
  await eventually(() => expect(asked).toHaveLength(1));
  const closed = retention.close();
  open();
  await closed;
  expect(removed.map(({ id }) => id)).toEqual(['a00000001']);
  expect(retention.last()).toMatchObject({ endedAt: null });
  clock.advance(48 * HOUR);
  expect(asked).toHaveLength(1);
});
