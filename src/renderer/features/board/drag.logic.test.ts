import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aSummary } from '../../../../test/support/summary.ts';
import { COLUMNS } from '../../../contract/task/derive.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { toColumns } from './columns.logic.ts';
import {
  accepts,
  canDrag,
  draggedWith,
  firstTarget,
  inBacklog,
  isWhereItWas,
  nextTarget,
  placesIn,
  ranksAt,
  targetLabel,
} from './drag.logic.ts';

const draft = (id: string, rank: number) => aSummary(id, { rank });
const queued = (id: string, rank: number) => aSummary(id, { rank, status: 'queued' });
const [d1, d2, d3] = [draft('d1', 1), draft('d2', 2), draft('d3', 3)];
const [q1, q2] = [queued('q1', 1), queued('q2', 2)];
const done = aSummary('c1', { status: 'completed' });
const accepted = aSummary('c2', { status: 'completed', acceptedAt: 5 });
const stopped = aSummary('s1', { status: 'cancelled' });
const failed = aSummary('f1', { status: 'failed' });
const running = aSummary('r1', { status: 'running' });
const columns = toColumns([d1, d2, d3, q1, q2, done, running, stopped, failed]);
const at = (index: number) => ({ column: 'backlog', index }) as const;

describe('where tasks may go', () => {
  it.each([
    ['backlog', [d1, d2], true],
    ['backlog', [q1, q2], true],
    ['backlog', [d1, q1], false],
    ['backlog', [stopped], false],
    ['running', [d1, q1, stopped, failed], true],
    ['running', [done], false],
    ['running', [running], false],
    ['done', [done, stopped, failed], true],
    ['done', [d1], false],
    ['done', [running, done], false],
  ] as const)('%s', (column, tasks, yes) => {
    expect(accepts(column, tasks)).toBe(yes);
  });

  it('takes back what is done only to where it was', () => {
    const taken = { ...failed, acceptedAt: 5 };
    const went = (tasks: readonly TaskSummary[]) => COLUMNS.filter((column) => accepts(column, tasks));
    expect([[accepted], [accepted, done], [taken], [taken, accepted]].map(went)).toEqual([
      ['review', 'done'],
      ['done'],
      ['running', 'needs-you', 'done'],
      ['done'],
    ]);
    expect([d1, q1, done, failed, running].map(canDrag)).toEqual([true, true, true, true, false]);
  });

  it('takes the whole selection along, but only with a task that is in it', () => {
    const selected = new Set(['d3', 'd1']);
    const ids = (taskId: string) => draggedWith([d1, d2, d3], selected, taskId).map(({ id }) => id);
    expect([ids('d3'), ids('d2')]).toEqual([['d1', 'd3'], ['d2']]);
  });

  it('keeps drafts below what is queued', () => {
    expect([0, 3, 9].map((index) => inBacklog(columns, [d2], index))).toEqual([at(2), at(3), at(4)]);
    expect([0, 3].map((index) => inBacklog(columns, [q2], index))).toEqual([at(0), at(1)]);
  });
});

describe('a drag by keyboard', () => {
  it('begins where the task is', () => {
    expect(firstTarget(columns, [d2])).toEqual(at(3));
    expect(firstTarget(columns, [d1, q2])).toEqual({ column: 'running' });
    expect(firstTarget(columns, [done])).toEqual({ column: 'done' });
    expect(firstTarget(columns, [accepted])).toEqual({ column: 'done' });
    expect(firstTarget(columns, [failed])).toEqual({ column: 'done' });
    expect(firstTarget(columns, [done, q1])).toBeNull();
  });

  it.each([
    ['down', at(3), at(4)],
    ['down', at(4), at(4)],
    ['up', at(2), at(2)],
    ['right', at(3), { column: 'running' }],
    ['right', { column: 'running' }, { column: 'running' }],
    ['down', { column: 'running' }, { column: 'running' }],
    ['left', { column: 'running' }, at(2)],
    ['left', at(3), at(3)],
  ] as const)('goes %s from %o to %o', (direction, from, to) => {
    expect(nextTarget(columns, [d2], from, direction)).toEqual(to);
  });

  it('goes between what has ended, what runs and what is done', () => {
    expect(nextTarget(columns, [stopped], { column: 'done' }, 'left')).toEqual({ column: 'running' });
    expect(nextTarget(columns, [done], { column: 'done' }, 'left')).toEqual({ column: 'done' });
    expect(nextTarget(columns, [accepted], { column: 'done' }, 'left')).toEqual({ column: 'review' });
  });

  it('is told in words', () => {
    expect(targetLabel(columns, [d2], at(3))).toBe('Backlog, place 4 of 5.');
    expect(targetLabel(columns, [d2], { column: 'running' })).toBe('Running.');
  });
});

it('knows a drop that changes nothing', () => {
  expect(isWhereItWas(columns, [d2], at(3))).toBe(true);
  expect(isWhereItWas(columns, [d1, d2], at(2))).toBe(true);
  expect(isWhereItWas(columns, [d1, d3], at(2))).toBe(false);
  expect(isWhereItWas(columns, [d1], { column: 'running' })).toBe(false);
  expect(isWhereItWas(columns, [accepted], { column: 'done' })).toBe(true);
  expect(isWhereItWas(columns, [done, accepted], { column: 'done' })).toBe(false);
});

describe('ranks', () => {
  it('touch only what is moved while there is room', () => {
    expect(ranksAt([q1, q2], [d3], 1)).toEqual([{ id: 'd3', rank: 1.5 }]);
    expect(ranksAt([q1, q2], [d3], 2)).toEqual([]);
    expect(ranksAt([q1, q2], [d3], 0)).toEqual([{ id: 'd3', rank: 0 }]);
    expect(ranksAt([], [d3, d1], 0)).toEqual([
      { id: 'd3', rank: 1 },
      { id: 'd1', rank: 2 },
    ]);
  });

  it('count among tasks of the same status', () => {
    expect(placesIn(columns, [q2], 0)).toEqual([{ id: 'q2', rank: 0 }]);
    expect(placesIn(columns, [d3], 2)).toEqual([{ id: 'd3', rank: 0 }]);
    expect(placesIn(columns, [d3], 3)).toEqual([{ id: 'd3', rank: 1.5 }]);
  });

  it('take the priority that a place has, and count among tasks of that priority', () => {
    const queued = (id: string, rank: number, priority?: 'high' | 'low') =>
      aSummary(id, { status: 'queued', rank, ...(priority ? { schedule: { priority } } : {}) });
    const [high, one, two, low] = [queued('h', 9, 'high'), queued('n', 1), queued('m', 3), queued('l', 0, 'low')];
    const all = toColumns([high, one, two, low]);
    expect(all.backlog.map(({ id }) => id)).toEqual(['h', 'n', 'm', 'l']);
    expect(placesIn(all, [two], 0)).toEqual([{ id: 'm', rank: 8, priority: 'high' }]);
    expect(placesIn(all, [two], 1)).toEqual([{ id: 'm', rank: 0 }]);
    expect(placesIn(all, [high], 1)).toEqual([{ id: 'h', rank: 2, priority: 'normal' }]);
    expect(placesIn(all, [one], 3)).toEqual([{ id: 'n', rank: 1, priority: 'low' }]);
    expect(placesIn(all, [low], 3)).toEqual([]);
  });

  it('always give the order that was asked for', () => {
    // Neighbours as close as two numbers can be, as after very many moves to one place.
    const close = fc.constantFrom(0, 1.7e12, 1.7e12 + 2 ** -12, 1.7e12 + 2 ** -11, 1.7e12 + 1, 5);
    const setup = fc.record({
      stay: fc.uniqueArray(close, { maxLength: 6 }),
      moved: fc.array(close, { minLength: 1, maxLength: 4 }),
      index: fc.nat(6),
    });
    fc.assert(
      fc.property(setup, ({ stay, moved, index }) => {
        const still = stay.sort((a, b) => a - b).map((rank, no) => ({ id: `s${no}`, rank }));
        const going = moved.map((rank, no) => ({ id: `m${no}`, rank }));
        const place = Math.min(index, still.length);
        const changed = new Map(ranksAt(still, going, place).map(({ id, rank }) => [id, rank]));
        const after = [...still, ...going].map(({ id, rank }) => ({ id, rank: changed.get(id) ?? rank }));
        const order = after.sort((a, b) => a.rank - b.rank).map(({ id }) => id);
        const wanted = still.map(({ id }) => id);
        wanted.splice(place, 0, ...going.map(({ id }) => id));
        expect(order).toEqual(wanted);
        expect(new Set(after.map(({ rank }) => rank)).size).toBe(after.length);
      }),
    );
  });
});
