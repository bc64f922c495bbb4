import { expect, it } from 'vitest';
import { aSummary } from '../../../../test/support/summary.ts';
import { toColumns } from '../board/columns.logic.ts';
import { readFolded, taskBeside, toggled, toRows } from './rows.logic.ts';

const columns = toColumns([
  aSummary('d1'),
  aSummary('r1', { status: 'running' }),
  aSummary('f1', { status: 'failed' }),
  aSummary('c1', { status: 'completed', acceptedAt: 5 }),
]);
const names = (rows: ReturnType<typeof toRows>) =>
  rows.map((row) => (row.kind === 'task' ? row.task.id : `${row.column} ${row.count}`));

it('groups tasks by state, what needs its person first, and folds groups', () => {
  expect(names(toRows(columns, new Set()))).toEqual([
    'needs-you 1',
    'f1',
    'running 1',
    'r1',
    'backlog 1',
    'd1',
    'done 1',
    'c1',
  ]);
  expect(names(toRows(columns, new Set(['running', 'done'])))).toEqual([
    'needs-you 1',
    'f1',
    'running 1',
    'backlog 1',
    'd1',
    'done 1',
  ]);
});

it('goes from task to task over the groups, and not beyond the ends', () => {
  const rows = toRows(columns, new Set(['running']));
  expect([taskBeside(rows, 'f1', 1), taskBeside(rows, 'd1', -1), taskBeside(rows, 'f1', -1)]).toEqual([
    'd1',
    'f1',
    null,
  ]);
  // From a task that is not in the list, and in an empty one.
  expect([taskBeside(rows, 'r1', 1), taskBeside(rows, null, -1), taskBeside([], null, 1)]).toEqual(['f1', 'c1', null]);
});

it('keeps what was folded', () => {
  expect([...readFolded(null)]).toEqual(['done']);
  expect([...readFolded('running else')]).toEqual(['running']);
  expect([...readFolded('')]).toEqual([]);
  expect([...toggled(toggled(new Set(['done']), 'running'), 'done')]).toEqual(['running']);
});
