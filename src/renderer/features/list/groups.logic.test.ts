import { expect, it } from 'vitest';
import { aSummary } from '../../../../test/support/summary.ts';
import type { Row } from '../task-list/rows.logic.ts';
import { rowsOf } from './groups.logic.ts';

const tasks = [
  aSummary('a1', { status: 'completed' }),
  aSummary('a2'),
  aSummary('a3', { status: 'running', phase: 'working' }),
  aSummary('a4', { status: 'completed' }),
];
const names = (rows: readonly Row[]) =>
  rows.map((row) => (row.kind === 'group' ? `${row.column} ${row.count}` : row.task.id));
const byAge = { by: 'updated', descending: true } as const;

it('puts tasks below their state, in the order they came in', () => {
  const rows = rowsOf(tasks, byAge, new Set());
  expect(names(rows)).toEqual(['running 1', 'a3', 'review 2', 'a1', 'a4', 'backlog 1', 'a2']);
});

it('leaves out what is folded, and turns the groups round with their column', () => {
  expect(names(rowsOf(tasks, byAge, new Set(['review'])))).toEqual(['running 1', 'a3', 'review 2', 'backlog 1', 'a2']);
  expect(names(rowsOf(tasks, { by: 'status', descending: true }, new Set(['review'])))).toEqual([
    ...['backlog 1', 'a2', 'review 2'],
    ...['running 1', 'a3'],
  ]);
});

it('has no groups where none are wanted', () => {
  expect(names(rowsOf(tasks, byAge, 'ungrouped'))).toEqual(['a1', 'a2', 'a3', 'a4']);
});
