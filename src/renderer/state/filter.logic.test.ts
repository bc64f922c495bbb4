import { expect, it } from 'vitest';
import { aSummary } from '../../../test/support/summary.ts';
import { EMPTY_FILTER, filterTasks, isEmptyFilter } from './filter.logic.ts';

const tasks = [
  aSummary('a1', { title: 'Fix the Date picker', createdAt: 1, branch: 'drover/a1-fix' }),
  aSummary('a2', { title: 'Write the readme', createdAt: 2, projectId: 'p00000002' }),
  aSummary('a3', { title: 'Dates again', createdAt: 2, agent: { agent: 'claude', model: null, effort: null } }),
  aSummary('a4', { title: 'Waits', createdAt: 3, status: 'running', phase: 'waiting' }),
  aSummary('a5', { title: 'Put away', createdAt: 4, status: 'completed', archivedAt: 9 }),
];

it.each([
  [{}, 'a4 a3 a2 a1'],
  [{ archived: true }, 'a5'],
  [{ archived: true, text: 'date' }, ''],
  [{ text: 'DATE' }, 'a3 a1'],
  [{ text: ' picker  fix ' }, 'a1'],
  [{ text: 'drover/a1' }, 'a1'],
  [{ projectId: 'p00000002' }, 'a2'],
  [{ agent: 'claude' }, 'a3'],
  [{ agent: 'claude', text: 'readme' }, ''],
])('%o finds %s, newest first', (part, ids) => {
  const found = filterTasks(tasks, { ...EMPTY_FILTER, ...part });
  expect(found.map(({ id }) => id).join(' ')).toBe(ids);
});

it('is empty without words', () => {
  const filters = [{}, { text: '  ' }, { text: 'x' }, { archived: true }];
  expect(filters.map((part) => isEmptyFilter({ ...EMPTY_FILTER, ...part }))).toEqual([true, true, false, false]);
});
