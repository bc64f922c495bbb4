import { expect, it } from 'vitest';
import { readTime, writeTime } from './time.logic.ts';

it.each([
  [45_000, '45 s'],
  [90_000, '90 s'],
  [60_000, '1 min'],
  [1_800_000, '30 min'],
  [5_400_000, '90 min'],
  [9_000_000, '2 h 30 min'],
  [7_200_000, '2 h'],
  [500, '500 ms'],
  [1500, '1 s 500 ms'],
  [0, '0 s'],
])('%i ms is written %s, and read again', (ms, words) => {
  expect(writeTime(ms)).toBe(words);
  expect(readTime(words)).toBe(ms);
});

it.each([
  ['90', 5_400_000],
  [' 1.5h ', 5_400_000],
  ['1,5 h', 5_400_000],
  ['1 hour and 5 minutes', 3_900_000],
  ['2d', 172_800_000],
  ['1h30m', 5_400_000],
  ['20 seconds', 20_000],
  ['soon', null],
  ['', null],
  ['5 apples', null],
  ['-5 min', null],
])('“%s” is %s ms', (text, ms) => {
  expect(readTime(text)).toBe(ms);
});
