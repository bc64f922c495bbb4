import { expect, it } from 'vitest';
import { aSummary } from '../../../../test/support/summary.ts';
import { elapsed, needOf } from './card.logic.ts';

const waiting = { status: 'running', phase: 'waiting' } as const;

it.each([
  [aSummary('a1', { status: 'running', phase: 'working' }), null],
  [aSummary('a2', { ...waiting, approvals: 1 }), 'approval'],
  [aSummary('a4', { ...waiting, stalled: true }), 'input'],
  [
    aSummary('a5', {
      status: 'failed',
      outcome: { code: 'item-blocked', words: 'Why.', hint: null },
      items: { total: 1, completed: 0, blocked: 1 },
    }),
    'item',
  ],
  [aSummary('a6', { status: 'failed', outcome: { code: 'crashed', words: 'It crashed.', hint: null } }), null],
])('%o needs %o', (task, need) => {
  expect(needOf(task)).toBe(need);
});

it('counts the time of a run until it has settled', () => {
  expect(elapsed(aSummary('a1'), 9)).toBeNull();
  expect(elapsed(aSummary('a1', { startedAt: 2 }), 9)).toBe(7);
  expect(elapsed(aSummary('a1', { startedAt: 2, settledAt: 5 }), 9)).toBe(3);
});
