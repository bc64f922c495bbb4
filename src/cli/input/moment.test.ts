import { expect, it } from 'vitest';
import { readMoment, readStart } from './moment.ts';

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

it.each([
  ['30m', NOW + 30 * 60_000],
  ['2w', NOW + 14 * 86_400_000],
  ['14:05', new Date('2026-03-02T14:05:00').getTime()],
  ['9:30', new Date('2026-03-03T09:30:00').getTime()],
  ['12:00', new Date('2026-03-03T12:00:00').getTime()],
  ['2026-03-05', new Date('2026-03-05T00:00:00').getTime()],
  ['2026-03-05 14:05', new Date('2026-03-05T14:05:00').getTime()],
])('%s to come', (text, at) => {
  expect(readStart(text, '--at', NOW)).toBe(at);
});

it.each(['', 'tomorrow', '24:00', '12:60', '2026-13-01'])('refuses %j to come', (text) => {
  expect(() => readStart(text, '--at', NOW)).toThrow('--at must be a time such as 14:05, 2h');
});

it('a time of day is of the clock on the wall, also over the night in which the clocks change', () => {
  const zone = process.env.TZ;
  try {
    process.env.TZ = 'Europe/Berlin';
    const evening = new Date('2026-03-28T20:00:00').getTime();
    expect(readStart('08:00', '--at', evening)).toBe(Date.UTC(2026, 2, 29, 6));
    // At 02:00 it is 03:00.
    expect(readStart('02:30', '--at', evening)).toBe(Date.UTC(2026, 2, 29, 1, 30));
  } finally {
    process.env.TZ = zone;
    if (zone === undefined) delete process.env.TZ;
  }
});
