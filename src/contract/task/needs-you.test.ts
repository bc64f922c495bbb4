import { expect, it } from 'vitest';
import { aSummary } from '../../../test/support/summary.ts';
import { columnOf } from './derive.ts';
import { countNeedsYou, needOf } from './needs-you.ts';
import type { TaskOutcome, TaskSummary } from './state.ts';

const failed = (code: TaskOutcome['code'], more: Partial<TaskSummary> = {}) =>
  aSummary('a00000001', { status: 'failed', outcome: { code, words: '', hint: null }, ...more });
const waiting = (more: Partial<TaskSummary>) => aSummary('a00000001', { status: 'running', phase: 'waiting', ...more });
const items = { total: 2, completed: 0, blocked: 1 };

const NEEDS: [TaskSummary, ReturnType<typeof needOf>][] = [
  [waiting({ approvals: 2 }), 'answer'],
  [waiting({ approvals: 1, stalled: true }), 'answer'],
  [waiting({ stalled: true }), 'stall'],
  [failed('item-blocked', { items }), 'blocked'],
  [failed('item-blocked'), 'blocked'],
  [failed('crashed'), 'failed'],
  [failed('crashed', { acceptedAt: 5 }), null],
  [failed('crashed', { archivedAt: 5 }), null],
  [waiting({ phase: 'working' }), null],
  [aSummary('a00000001', { status: 'completed' }), null],
  [aSummary('a00000001', { status: 'cancelled' }), null],
  [aSummary('a00000001', { status: 'queued' }), null],
];

it.each(NEEDS)('a task needs its person for one reason, or not at all %#', (task, need) => {
  expect(needOf(task)).toBe(need);
  if (task.archivedAt === null) expect(need !== null).toBe(columnOf(task) === 'needs-you');
});

it('counts tasks, not questions', () => {
  expect(countNeedsYou(NEEDS.map(([task]) => task))).toBe(6);
  expect(countNeedsYou([])).toBe(0);
});
