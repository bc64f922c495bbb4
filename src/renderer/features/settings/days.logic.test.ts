import { expect, it } from 'vitest';
import { readDays } from './days.logic.ts';

it.each<[string, number | null | undefined]>([
  ['30', 30],
  ['30 days', 30],
  [' 1 day ', 1],
  ['7d', 7],
  ['', null],
  ['always', null],
  ['0', undefined],
  ['4000', undefined],
  ['-3', undefined],
  ['1.5', undefined],
  ['soon', undefined],
])('reads “%s” as days', (text, days) => {
  expect(readDays(text, 'Always')).toBe(days);
});
