import { expect, it } from 'vitest';
import { isQuietTime, quietUntilOf, timeInWords } from './quiet-time.ts';

const NOON = new Date(2026, 2, 5, 12, 7).getTime();

it('is quiet until the time that was set, and no longer', () => {
  expect(isQuietTime(null, NOON)).toBe(false);
  expect(isQuietTime(NOON + 1, NOON)).toBe(true);
  expect(isQuietTime(NOON, NOON)).toBe(false);
});

it('lasts for an hour or until the morning', () => {
  expect(quietUntilOf('off', NOON)).toBeNull();
  expect(quietUntilOf('hour', NOON)).toBe(new Date(2026, 2, 5, 13, 7).getTime());
  expect(quietUntilOf('tomorrow', NOON)).toBe(new Date(2026, 2, 6, 8, 0).getTime());
  expect(quietUntilOf('tomorrow', new Date(2026, 11, 31, 23, 0).getTime())).toBe(new Date(2027, 0, 1, 8).getTime());
});

it('is told by the hour, with the day where it is another', () => {
  expect(timeInWords(new Date(2026, 2, 5, 14, 5).getTime(), NOON)).toBe('14:05');
  expect(timeInWords(new Date(2026, 2, 6, 8, 0).getTime(), NOON)).toBe('tomorrow 08:00');
  expect(timeInWords(new Date(2026, 2, 9, 8, 0).getTime(), NOON)).toBe('2026-03-09 08:00');
});
