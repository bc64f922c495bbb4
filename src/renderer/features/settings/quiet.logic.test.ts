import { expect, it } from 'vitest';
import { morningAfter, readLocalTime, untilWords } from './quiet.logic.ts';

const now = new Date(2026, 10, 21, 23, 30).getTime();

it('is quiet until eight of the next morning', () => {
  expect(morningAfter(now)).toBe(new Date(2026, 10, 22, 8).getTime());
  expect(morningAfter(new Date(2026, 11, 31, 1).getTime())).toBe(new Date(2027, 0, 1, 8).getTime());
});

it('takes only a time to come', () => {
  expect(readLocalTime('2026-11-22T09:15', now)).toBe(new Date(2026, 10, 22, 9, 15).getTime());
  expect(readLocalTime('2026-11-21T09:15', now)).toBeNull();
  expect(readLocalTime('', now)).toBeNull();
  expect(readLocalTime('soon', now)).toBeNull();
});

it('names the day when it is another one', () => {
  expect(untilWords(now + 60_000, now)).not.toContain('Nov');
  expect(untilWords(now + 3_600_000, now)).toContain('22');
});
