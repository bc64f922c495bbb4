import { describe, expect, it } from 'vitest';
import { age, bytes, cost, count, duration, plural, tokens } from './measure.ts';

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
  ])('%i ms is %s', (ms, words) => {
    expect(duration(ms)).toBe(words);
  });

  it('ages', () => {
    const minute = 60_000;
    expect([0, 5, 119, 49 * 60, 90 * 24 * 60].map((minutes) => age(minutes * minute, 0))).toEqual([
      'now',
      '5 min',
      '1 h',
      '2 d',
      '90 d',
    ]);
    expect(age(0, minute)).toBe('now');
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
    expect([12, 34_000, 1_250_000].map(bytes)).toEqual(['12 bytes', '34 KB', '1.3 MB']);
    expect([0, 0.0123, 0.5, 12].map(cost)).toEqual(['', '$0.0123', '$0.50', '$12.00']);
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
