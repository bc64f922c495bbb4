import { expect, it } from 'vitest';
import { ago, bytes, cost, duration } from './format.logic.ts';

it.each([
  [-5, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [3_600_000, '1 h 00 min'],
  [11_100_000, '3 h 05 min'],
  [90_000_000, '1 d 1 h'],
])('%i ms is %s', (ms, words) => {
  expect(duration(ms)).toBe(words);
});

it('says how long ago', () => {
  expect([59_999, 60_000, 7_200_000, 200_000_000].map((ms) => ago(0, ms))).toEqual([
    'now',
    '1 min ago',
    '2 h ago',
    '2 d ago',
  ]);
});

it('writes what it cost', () => {
  expect([0, 0.001, 0.014, 12].map(cost)).toEqual(['', '<$0.01', '$0.01', '$12.00']);
});

it('writes how much room something takes', () => {
  expect([0, 1, 1023, 1024, 4_404_019, 52_428_800, 5e12].map(bytes)).toEqual([
    '0 bytes',
    '1 byte',
    '1023 bytes',
    '1.0 kB',
    '4.2 MB',
    '50 MB',
    '4.5 TB',
  ]);
});
