import { expect, it } from 'vitest';
import { aSummary } from '../../../../test/support/summary.ts';
import { sortTasks } from './sort.logic.ts';

const tasks = [
  aSummary('a1', { title: 'b', costUsd: 2, startedAt: 1, settledAt: 9, status: 'failed', projectId: 'p1' }),
  aSummary('a2', { title: 'A', costUsd: 1, startedAt: 5, projectId: 'p2' }),
  aSummary('a3', { title: 'c', costUsd: 1, items: { total: 2, completed: 1, blocked: 0 }, projectId: 'p1' }),
];
const names: Record<string, string> = { p1: 'zebra', p2: 'ant' };

it.each([
  ['title', false, 'a2 a1 a3'],
  ['title', true, 'a3 a1 a2'],
  ['status', false, 'a2 a3 a1'],
  ['project', false, 'a2 a1 a3'],
  ['cost', false, 'a2 a3 a1'],
  ['time', true, 'a2 a1 a3'],
  ['items', true, 'a3 a1 a2'],
] as const)('by %s, descending %s', (by, descending, order) => {
  const sorted = sortTasks(tasks, { by, descending }, (id) => names[id] ?? '');
  expect(sorted.map(({ id }) => id).join(' ')).toBe(order);
});
