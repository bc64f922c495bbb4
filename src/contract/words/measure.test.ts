import { describe, expect, it } from 'vitest';
import { age, ago, bytes, cost, count, duration, plural, span, tokens } from './measure.ts';

describe('measures in words', () => {
  it.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [1234, '1.2 s'],
    [9949, '9.9 s'],
    [9951, '10 s'],
    [59_600, '1 min'],
    [185_000, '3 min 5 s'],
    [3_600_000, '1 h'],
    [7_800_000, '2 h 10 min'],
    [11_100_000, '3 h 5 min'],
    [90_000_000, '1 d 1 h'],
  ])('%i ms is %s', (ms, words) => {
    expect(duration(ms)).toBe(words);
  });

  it.each([
    [-5, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_600_000, '1 h'],
    [11_100_000, '3 h 5 min'],
    [90_000_000, '1 d 1 h'],
  ])('a clock at %i ms shows %s', (ms, words) => {
    expect(span(ms)).toBe(words);
  });

  it('ages', () => {
    const minute = 60_000;
    expect([0, 5, 119, 49 * 60, 90 * 24 * 60].map((minutes) => age(0, minutes * minute))).toEqual([
      'now',
      '5 min',
      '1 h',
      '2 d',
      '90 d',
    ]);
    expect(age(minute, 0)).toBe('now');
    expect([59_999, 60_000, 7_200_000, 200_000_000].map((ms) => ago(0, ms))).toEqual([
      'now',
      '1 min ago',
      '2 h ago',
      '2 d ago',
    ]);
  });

  it('counts, bytes, cost', () => {
    expect([999, 1000, 9949, 34_499, 999_499, 1_200_000].map(count)).toEqual([
      '999',
      '1.0k',
      '9.9k',
      '34k',
      '999k',
      '1.2M',
    ]);
    expect([0, 1, 999, 1000, 4_204_019, 52_428_800, 999_600_000, 5e12].map(bytes)).toEqual([
      '0 bytes',
      '1 byte',
      '999 bytes',
      '1.0 kB',
      '4.2 MB',
      '52 MB',
      '1.0 GB',
      '5.0 TB',
    ]);
    expect([0, 0.001, 0.014, 0.5, 12].map(cost)).toEqual(['', '<$0.01', '$0.01', '$0.50', '$12.00']);
    expect([plural(1, 'item'), plural(0, 'item'), plural(2, 'retry', 'retries')]).toEqual([
      '1 item',
      '0 items',
      '2 retries',
    ]);
  });

  it('tokens', () => {
    const none = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
    expect(tokens(none)).toBe('');
    expect(tokens({ inputTokens: 1000, outputTokens: 340, cacheReadTokens: 0, cacheWriteTokens: 200 })).toBe(
      '1.2k in, 340 out',
    );
    expect(tokens({ ...none, outputTokens: 5, cacheReadTokens: 10_000 })).toBe('0 in, 5 out, 10k cached');
  });
});
