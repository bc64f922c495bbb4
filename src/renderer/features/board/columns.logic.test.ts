import { describe, expect, it } from 'vitest';
import { aSummary } from '../../../../test/support/summary.ts';
import {
  inReadingOrder,
  neighbour,
  openColumns,
  perColumn,
  readFolds,
  toColumns,
  toggleFold,
} from './columns.logic.ts';

const columns = toColumns([
  aSummary('d2', { rank: 2 }),
  aSummary('d1', { rank: 1 }),
  aSummary('r1', { status: 'running', phase: 'working' }),
  aSummary('n1', { status: 'running', phase: 'waiting' }),
  aSummary('f1', { status: 'failed' }),
]);

describe('the board', () => {
  it('shares tasks out, drafts by rank', () => {
    expect(Object.entries(columns).map(([name, tasks]) => [name, tasks.map(({ id }) => id)])).toEqual([
      ['draft', ['d1', 'd2']],
      ['queued', []],
      ['running', ['r1']],
      ['needs-you', ['n1']],
      ['review', []],
      ['done', []],
      ['failed', ['f1']],
    ]);
  });

  it.each([
    ['d1', 'down', 'd2'],
    ['d2', 'up', 'd1'],
    ['d1', 'up', null],
    ['d2', 'down', null],
    ['d2', 'right', 'r1'],
    ['n1', 'right', 'f1'],
    ['f1', 'left', 'n1'],
    ['d1', 'left', null],
    ['f1', 'right', null],
    ['gone', 'down', null],
  ] as const)('from %s %s is %s', (from, direction, to) => {
    expect(neighbour(columns, from, direction)).toBe(to);
  });
});

it('shows what was settled last first, and keeps an array in which nothing differs', () => {
  const tasks = [aSummary('f2', { status: 'failed', settledAt: 5 }), aSummary('d1')];
  const before = toColumns(tasks);
  const after = toColumns([...tasks, aSummary('f3', { status: 'failed', settledAt: 9 })], before);
  expect(inReadingOrder(after).map(({ id }) => id)).toEqual(['d1', 'f3', 'f2']);
  expect(after.draft).toBe(before.draft);
  expect(after.failed).not.toBe(before.failed);
});

describe('columns fold', () => {
  const counts = { ...perColumn(() => 0), draft: 3, review: 1 };
  const room = { column: 200, empty: 120, folded: 40, gap: 10 };
  // Two columns with tasks, five without, eight gaps.
  const all = 2 * 200 + 5 * 120 + 8 * 10;

  it('when empty and room is short', () => {
    expect(openColumns(counts, {}, { ...room, width: all })).toHaveLength(7);
    expect(openColumns(counts, {}, { ...room, width: all - 1 })).toEqual(['draft', 'review']);
  });

  it('as a person says, whatever is in them', () => {
    const choices = { draft: 'folded', done: 'open' } as const;
    expect(openColumns(counts, choices, { ...room, width: 500 })).toEqual(['review', 'done']);
  });

  it('back to no choice where none is needed', () => {
    expect(toggleFold({}, 'draft', true, false)).toEqual({ draft: 'folded' });
    expect(toggleFold({ draft: 'folded' }, 'draft', false, false)).toEqual({});
    expect(toggleFold({}, 'done', false, true)).toEqual({ done: 'open' });
    expect(toggleFold({ done: 'open' }, 'done', true, true)).toEqual({});
  });

  it('as it was written down', () => {
    expect(readFolds('{"draft":"folded","done":"wide","Else":"open"}')).toEqual({ draft: 'folded' });
    expect([readFolds(null), readFolds('['), readFolds('7')]).toEqual([{}, {}, {}]);
  });
});
