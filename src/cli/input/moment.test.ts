import { expect, it } from 'vitest';
import { readMoment } from './moment.ts';

const NOW = new Date('2026-03-02T12:00:00').getTime();

it.each([
  ['30m', NOW - 30 * 60_000],
  ['2h', NOW - 2 * 3_600_000],
  ['2w', NOW - 14 * 86_400_000],
  ['2026-03-01', new Date('2026-03-01T00:00:00').getTime()],
  ['2026-03-01 14:05', new Date('2026-03-01T14:05:00').getTime()],
  ['2026-03-01T14:05:09', new Date('2026-03-01T14:05:09').getTime()],
])('%s', (text, at) => {
  expect(readMoment(text, '--since', NOW)).toBe(at);
});

it.each(['', 'yesterday', '2026-13-01', '2 h', '1e3d', '2026-03-01 25:00'])('refuses %j', (text) => {
  expect(() => readMoment(text, '--since', NOW)).toThrow('--since must be a time such as 2h, 7d, 2026-03-01');
});
