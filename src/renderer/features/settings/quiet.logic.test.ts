import { expect, it } from 'vitest';
import { morningAfter, readClock, untilWords } from './quiet.logic.ts';

const now = new Date(2026, 10, 21, 23, 30).getTime();

it('is quiet until eight of the next morning', () => {
  expect(morningAfter(now)).toBe(new Date(2026, 10, 22, 8).getTime());
  expect(morningAfter(new Date(2026, 11, 31, 1).getTime())).toBe(new Date(2027, 0, 1, 8).getTime());
});

it('takes only a time to come, on a clock of 24 hours', () => {
  expect(readClock('2026-11-22 09:15', now)).toBe(new Date(2026, 10, 22, 9, 15).getTime());
  expect(readClock(' 23:45 ', now)).toBe(new Date(2026, 10, 21, 23, 45).getTime());
  // The next one.
  expect(readClock('18:30', now)).toBe(new Date(2026, 10, 22, 18, 30).getTime());
  expect(readClock('2026-11-21 09:15', now)).toBeNull();
  for (const odd of ['', 'soon', '24:00', '9 pm', '12:60']) expect(readClock(odd, now)).toBeNull();
});

it('names the day when it is another one', () => {
  expect(untilWords(now + 60_000, now)).toBe('23:31');
  expect(untilWords(now + 3_600_000, now)).toContain('22');
});
