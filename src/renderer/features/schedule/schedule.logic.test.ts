import { expect, test } from 'vitest';
import { aSummary } from '../../../../test/support/summary.ts';
import { candidates, changeOf, isUnscheduled, NO_SCHEDULE, readStart, scheduleDraftOf } from './schedule.logic.ts';

const NOW = new Date(2026, 10, 29, 12).getTime();

test.each([
  ['', null],
  ['18:30', new Date(2026, 10, 29, 18, 30).getTime()],
  ['9.05', new Date(2026, 10, 30, 9, 5).getTime()],
  ['2026-12-01 08:00', new Date(2026, 11, 1, 8).getTime()],
  ['2026-11-01 08:00', new Date(2026, 10, 1, 8).getTime()],
  ['soon', undefined],
  ['25:00', undefined],
])('a time to start at: %j', (text, at) => {
  expect(readStart(text, NOW)).toBe(at);
});

test('what was chosen comes back as it was', () => {
  const startAt = new Date(2026, 11, 1, 8).getTime();
  const schedule = {
    priority: 'high',
    startAt,
    after: { taskIds: ['a00000002'], need: 'any', fromBranch: true },
  } as const;
  const draft = scheduleDraftOf({ ...schedule, after: { ...schedule.after, taskIds: ['a00000002'] } });
  expect(draft.startAt).toBe('2026-12-01 08:00');
  expect(changeOf(draft, NOW)).toEqual(schedule);
  expect(changeOf(NO_SCHEDULE, NOW)).toEqual({ priority: 'normal', startAt: null, after: null });
  expect([isUnscheduled(NO_SCHEDULE), isUnscheduled(draft)]).toEqual([true, false]);
});

test('a task can depend on others that are not put away, first on those that are not over', () => {
  const tasks = [
    aSummary('a1', { createdAt: 1 }),
    aSummary('a2', { createdAt: 2, status: 'completed' }),
    aSummary('a3', { createdAt: 3 }),
    aSummary('a4', { createdAt: 4, archivedAt: 5 }),
    aSummary('a5', { createdAt: 5 }),
  ];
  expect(candidates(tasks, 'a5').map(({ id }) => id)).toEqual(['a3', 'a1', 'a2']);
});
