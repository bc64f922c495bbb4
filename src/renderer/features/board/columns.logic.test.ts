import { describe, expect, it } from 'vitest';
import { aSummary } from '../../../../test/support/summary.ts';
import {
  columnsOf,
  inReadingOrder,
  neighbour,
  openColumns,
  perColumn,
  readColumn,
  readFolds,
  toColumns,
  toggleFold,
} from './columns.logic.ts';

const columns = toColumns([
  aSummary('d2', { rank: 2 }),
  aSummary('d1', { rank: 1 }),
  aSummary('q1', { rank: 9, status: 'queued' }),
  aSummary('r1', { status: 'running', phase: 'working' }),
  aSummary('n1', { status: 'running', phase: 'waiting' }),
  aSummary('f1', { status: 'failed', settledAt: 9 }),
]);

describe('the board', () => {
  it('shares tasks out: what is queued above drafts, by rank, and whose agent waits above failures', () => {
    expect(Object.entries(columns).map(([name, tasks]) => [name, tasks.map(({ id }) => id)])).toEqual([
      ['backlog', ['q1', 'd1', 'd2']],
      ['running', ['r1']],
      ['needs-you', ['n1', 'f1']],
      ['review', []],
      ['done', []],
    ]);
  });

  it.each([
    ['d1', 'down', 'd2'],
    ['d2', 'up', 'd1'],
    ['q1', 'up', null],
    ['d1', 'up', 'q1'],
    ['d2', 'down', null],
    ['d2', 'right', 'r1'],
    ['n1', 'down', 'f1'],
    ['f1', 'left', 'r1'],
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
  expect(after.backlog).toBe(before.backlog);
  expect(after['needs-you']).not.toBe(before['needs-you']);
});

it('are shared out once for all that show the same tasks, and again when they are other ones', () => {
  const tasks = [aSummary('d1'), aSummary('f1', { status: 'failed', settledAt: 9 })];
  const shown = columnsOf(tasks);
  expect(columnsOf(tasks)).toBe(shown);
  const changed = columnsOf([aSummary('d1'), ...tasks.slice(1)]);
  expect(changed.backlog).not.toBe(shown.backlog);
  expect(changed['needs-you']).toBe(shown['needs-you']);
});

describe('columns fold', () => {
  const counts = { ...perColumn(() => 0), backlog: 3, review: 1, done: 2 };
  const room = { column: 240, narrow: 90, gap: 10 };
  /** So many open columns of five, with six gaps. */
  const widthOf = (open: number) => open * 240 + (5 - open) * 90 + 6 * 10;

  it('when empty, and where not all have room: what is over first', () => {
    expect(openColumns(counts, {}, { ...room, width: widthOf(3) })).toEqual(['backlog', 'review', 'done']);
    expect(openColumns(counts, {}, { ...room, width: widthOf(3) - 1 })).toEqual(['backlog', 'review']);
    expect(openColumns(counts, {}, { ...room, width: widthOf(2) - 1 })).toEqual(['review']);
    // It scrolls before the last one folds.
    expect(openColumns({ ...counts, review: 0, done: 0 }, {}, { ...room, width: 9 })).toEqual(['backlog']);
  });

  it('as a person says, but not open without a card', () => {
    const choices = { backlog: 'folded', done: 'open', running: 'open' } as const;
    expect(openColumns(counts, choices, { ...room, width: 9 })).toEqual(['review', 'done']);
    expect(toggleFold({}, 'backlog', true)).toEqual({ backlog: 'folded' });
    expect(toggleFold({ backlog: 'folded' }, 'backlog', false)).toEqual({ backlog: 'open' });
  });

  it('as it was written down', () => {
    expect(readFolds('{"review":"folded","done":"wide","Else":"open"}')).toEqual({ review: 'folded' });
    expect([readFolds(null), readFolds('['), readFolds('7')]).toEqual([{}, {}, {}]);
  });

  it('as an earlier version wrote it down', () => {
    expect(readFolds('{"draft":"folded","queued":"open","failed":"folded"}')).toEqual({ backlog: 'folded' });
    expect(['draft', 'queued', 'failed', 'review', 'else', null].map(readColumn)).toEqual([
      'backlog',
      'backlog',
      'needs-you',
      'review',
      null,
      null,
    ]);
  });
});
