import { expect, test } from 'vitest';
import { exceededWords, limitsWords } from './limit.ts';

test.each([
  [{ limit: 'maxMemory', used: 4.2e9, most: 4e9 }, 'It used 4.2 GB of memory; its limit is 4 GB.'],
  [{ limit: 'maxProcesses', used: 61, most: 50 }, 'It had 61 processes; its limit is 50.'],
  [{ limit: 'maxCpuMs', used: 7_260_000, most: 7_200_000 }, 'It used 2 h 1 min of processor time; its limit is 2 h.'],
] as const)('what was too much is said in a sentence', (exceeded, words) => {
  expect(exceededWords(exceeded)).toBe(words);
});

test('those that are set stand in a line', () => {
  expect(limitsWords({})).toBe('');
  expect(limitsWords({ maxMemory: null, maxProcesses: 1 })).toBe('1 process');
  expect(limitsWords({ maxMemory: 1.5e9, maxProcesses: 50, maxCpuMs: 60_000 })).toBe(
    '1.5 GB of memory, 50 processes, 1 min of processor time',
  );
});
