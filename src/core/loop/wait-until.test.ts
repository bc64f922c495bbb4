import { expect, test } from 'vitest';
import { createManualClock } from '../../../test/support/clock.ts';
import { createDueList } from '../base/due-list.ts';
import { waitUntil, whenWords } from './wait-until.ts';

const HOUR = 3_600_000;

async function isOver(waiting: Promise<void>): Promise<boolean> {
  return Promise.race([waiting.then(() => true), new Promise<false>((resolve) => setImmediate(() => resolve(false)))]);
}

test('a time of day is waited for by the time of day, whatever the machine slept', async () => {
  const clock = createManualClock();
  let slept = 0;
  const awake = { ...clock, now: () => clock.now() + slept };
  const waiting = waitUntil(createDueList(awake), HOUR, new AbortController().signal);
  clock.advance(60_000);
  expect(await isOver(waiting)).toBe(false);
  slept = HOUR;
  clock.advance(15_000);
  expect(await isOver(waiting)).toBe(true);
});

test('without a sleep it takes as long as it is', async () => {
  const clock = createManualClock();
  const waiting = waitUntil(createDueList(clock), 150_000, new AbortController().signal);
  for (const ms of [60_000, 60_000, 29_999]) clock.advance(ms);
  expect(await isOver(waiting)).toBe(false);
  clock.advance(1);
  expect(await isOver(waiting)).toBe(true);
});

test('a stop ends it at once', async () => {
  const stop = new AbortController();
  const waiting = waitUntil(createDueList(createManualClock()), HOUR, stop.signal);
  stop.abort();
  expect(await isOver(waiting)).toBe(true);
});

test('is said as a time of day', () => {
  const noon = new Date(2026, 10, 29, 12, 0, 0).getTime();
  expect(whenWords(noon + 2000, noon)).toBe('in a moment');
  expect(whenWords(noon + 2 * HOUR + 5 * 60_000, noon)).toBe('at 14:05');
  expect(whenWords(noon + 13 * HOUR, noon)).toBe('on 30 November at 01:00');
});
