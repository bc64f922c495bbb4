import { expect, it } from 'vitest';
import { aSummary } from '../../../../test/support/summary.ts';
import { elapsed, needOf } from './card.logic.ts';

const waiting = { status: 'running', phase: 'waiting' } as const;

it.each([
  [aSummary('a1', { status: 'running', phase: 'working', phaseWords: 'Reads' }), null],
  [
    aSummary('a2', { ...waiting, phaseWords: 'Wants to push', approvals: 1 }),
    { for: 'approval', words: 'Wants to push' },
  ],
  [
    aSummary('a3', { ...waiting, phaseWords: 'Wants to push', approvals: 3 }),
    { for: 'approval', words: '3 answers needed: Wants to push' },
  ],
  [
    aSummary('a4', { ...waiting, phaseWords: 'npm init waits for input', stalled: true }),
    { for: 'input', words: 'npm init waits for input' },
  ],
  [
    aSummary('a5', {
      status: 'failed',
      outcome: { code: 'item-blocked', words: 'Item 1 is blocked: why', hint: null },
    }),
    { for: 'item', words: 'Item 1 is blocked: why' },
  ],
  [aSummary('a6', { status: 'failed', outcome: { code: 'crashed', words: 'It crashed.', hint: null } }), null],
])('%o needs %o', (task, need) => {
  expect(needOf(task)).toEqual(need);
});

it('counts the time of a run until it has settled', () => {
  expect(elapsed(aSummary('a1'), 9)).toBeNull();
  expect(elapsed(aSummary('a1', { startedAt: 2 }), 9)).toBe(7);
  expect(elapsed(aSummary('a1', { startedAt: 2, settledAt: 5 }), 9)).toBe(3);
});
