import { expect, it } from 'vitest';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { countTasks, hereOf, initialOf } from './sidebar.logic.ts';

const task = (projectId: string, more: object = {}) =>
  ({
    projectId,
    status: 'draft',
    phase: null,
    outcome: null,
    acceptedAt: null,
    archivedAt: null,
    approvals: 0,
    stalled: false,
    items: { total: 0, completed: 0, blocked: 0 },
    ...more,
  }) as unknown as TaskSummary;

it('counts tasks, what needs a person and what runs, without what is put away', () => {
  const waiting = { status: 'running', phase: 'waiting' };
  const counts = countTasks([
    task('a'),
    task('a', waiting),
    task('b', { status: 'running', phase: 'working' }),
    task('b', { ...waiting, archivedAt: 1 }),
  ]);
  expect({ ...counts, byProject: Object.fromEntries(counts.byProject) }).toEqual({
    total: 3,
    needs: 1,
    running: 1,
    byProject: { a: { total: 2, needs: 1 }, b: { total: 1, needs: 0 } },
  });
});

it('has one place where one is, whatever is filtered', () => {
  const filter = { archived: false, projectId: 'p1' };
  expect(hereOf({ place: 'needs-you' }, filter)).toBe('needs-you');
  expect(hereOf({ place: 'settings' }, filter)).toBeNull();
  expect(hereOf({ place: null }, filter)).toEqual({ projectId: 'p1' });
  expect(hereOf({ place: 'board' }, { archived: false, projectId: null })).toBe('all');
  expect(hereOf({ place: 'list' }, { archived: true, projectId: 'p1' })).toBe('archived');
});

it('has a sign for every project', () => {
  expect(['sample', '.dotfiles', '日本', '--'].map(initialOf)).toEqual(['S', 'D', '日', '·']);
});
