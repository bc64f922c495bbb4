import { expect, it } from 'vitest';
import { aSummary } from '../../../../test/support/summary.ts';
import { agoWords, elapsed, nowOf } from './card.logic.ts';

const waiting = { status: 'running', phase: 'waiting' } as const;

it('counts the time of a run until it has settled', () => {
  expect(elapsed(aSummary('a1'), 9)).toBeNull();
  expect(elapsed(aSummary('a1', { startedAt: 2 }), 9)).toBe(7);
  expect(elapsed(aSummary('a1', { startedAt: 2, settledAt: 5 }), 9)).toBe(3);
});

const working = { status: 'running', phase: 'working' } as const;
const crashed = { code: 'crashed', words: 'Failed: it crashed.', hint: null } as const;

it.each([
  ['Draft', aSummary('a1')],
  [
    'Queued · Waits for a slot',
    aSummary('a1', { status: 'queued', waiting: { for: 'slot', words: 'Waits for a slot' } }),
  ],
  ['Working', aSummary('a1', working)],
  ['Write the notes', aSummary('a1', { ...working, currentItem: 'Write the notes' })],
  [
    'Runs the check npm test',
    aSummary('a1', { ...working, phaseWords: 'Runs the check npm test', currentItem: 'Notes' }),
  ],
  ['Run npm install', aSummary('a1', { ...waiting, approvals: 1, phaseWords: 'Run npm install' })],
  ['It crashed.', aSummary('a1', { status: 'failed', outcome: crashed })],
  ['Stopped', aSummary('a1', { status: 'cancelled' })],
])('says what happens now: %s', (words, task) => {
  expect(nowOf(task)).toBe(words);
});

it('says what an agent does where no item says more', () => {
  expect(nowOf(aSummary('a1', working), 'Writing notes/3.md')).toBe('Writing notes/3.md');
  expect(nowOf(aSummary('a1', { ...working, currentItem: 'Notes' }), 'Writing notes/3.md')).toBe('Notes');
});

it('counts seconds in the first minute', () => {
  expect([100, 1000, 59_999, 60_000, 180_000].map((now) => agoWords(0, now))).toEqual([
    'just now',
    '1 s ago',
    '59 s ago',
    '1 min ago',
    '3 min ago',
  ]);
});
