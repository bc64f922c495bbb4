import { expect, it } from 'vitest';
import { readTime, writeTime } from './setting.logic.ts';

it.each([
  ['90 s', 90_000],
  ['30min', 1_800_000],
  ['1.5 h', 5_400_000],
  ['2 m', 120_000],
  ['5', 300_000],
  ['100 ms', 100],
])('%s is %i ms', (text, ms) => {
  expect(readTime(text)).toBe(ms);
  expect(readTime(writeTime(ms))).toBe(ms);
});

it.each(['', 'soon', '-1 s', '1 day'])('%s is no time', (text) => {
  expect(readTime(text)).toBeNull();
});

it('writes the largest unit without a rest', () => {
  expect([90_000, 3_600_000, 1500].map(writeTime)).toEqual(['90 s', '1 h', '1500 ms']);
});
