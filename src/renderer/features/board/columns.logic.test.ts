import { describe, expect, it } from 'vitest';
import { aSummary } from '../../../../test/support/summary.ts';
import { neighbour, toColumns } from './columns.logic.ts';

const columns = toColumns([
  aSummary('d1'),
  aSummary('d2'),
  aSummary('r1', { status: 'running', phase: 'working' }),
  aSummary('n1', { status: 'running', phase: 'waiting' }),
  aSummary('f1', { status: 'failed' }),
]);

describe('the board', () => {
  it('shares tasks out in the order given', () => {
    expect(Object.entries(columns).map(([name, tasks]) => [name, tasks.map(({ id }) => id)])).toEqual([
      ['Draft', ['d1', 'd2']],
      ['Queued', []],
      ['Running', ['r1']],
      ['Needs you', ['n1']],
      ['Review', []],
      ['Done', []],
      ['Failed', ['f1']],
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
