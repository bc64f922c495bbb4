import { afterEach, beforeEach, expect, test } from 'vitest';
import { createManualClock, type ManualClock } from '../../../test/support/clock.ts';
import { createTempFolder } from '../../../test/support/temp.ts';
import { createDueList } from '../base/due-list.ts';
import { silentLogger } from '../base/logger.ts';
import { type OpenDatabase, openDatabase } from '../db/open.ts';
import { type AgentLimits, createAgentLimits } from './limits.ts';

const HOUR = 3_600_000;
let folder: Awaited<ReturnType<typeof createTempFolder>>;
let opened: OpenDatabase;
let clock: ManualClock;
let changes: number;

beforeEach(async () => {
  folder = await createTempFolder();
  const done = openDatabase(folder.path);
  if (!done.ok) throw new Error(done.rejection.message);
  opened = done.value;
  clock = createManualClock();
  changes = 0;
});
afterEach(async () => {
  opened.close();
  await folder.remove();
});

const open = (): AgentLimits =>
  createAgentLimits({
    db: opened.db,
    now: clock.now,
    due: createDueList(clock),
    logger: silentLogger,
    changed: () => (changes += 1),
  });

test('a limit holds until it lifts by itself; the latest time that was told counts', () => {
  const limits = open();
  limits.reach('claude', 2 * HOUR, 'No more.');
  limits.reach('claude', HOUR, 'No more, says another.');
  expect(limits.of('claude')).toEqual({ until: 2 * HOUR, words: 'No more.' });
  expect([limits.of('demo'), changes]).toEqual([null, 1]);
  clock.advance(HOUR);
  expect(limits.of('claude')).not.toBe(null);
  clock.advance(HOUR);
  expect([limits.of('claude'), changes]).toEqual([null, 2]);
});

test('it outlives the host, and what has lifted meanwhile is forgotten', () => {
  open().reach('claude', 2 * HOUR, 'No more.');
  open().reach('demo', HOUR, 'Enough.');
  clock.advance(HOUR);
  const limits = open();
  expect([limits.of('claude')?.until, limits.of('demo')]).toEqual([2 * HOUR, null]);
});

test('a person may lift it, for good; a time that cannot be is cut', () => {
  const limits = open();
  limits.reach('claude', 8.64e15, 'No more.');
  expect(limits.of('claude')?.until).toBe(31 * 24 * HOUR);
  expect([limits.lift('claude'), limits.lift('claude'), changes]).toEqual([true, false, 2]);
  expect([limits.of('claude'), open().of('claude')]).toEqual([null, null]);
});
