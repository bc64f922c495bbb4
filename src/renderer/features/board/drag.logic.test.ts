import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aSummary } from '../../../../test/support/summary.ts';
import { toColumns } from './columns.logic.ts';
import {
  accepts,
  acceptsDone,
  canArchive,
  canDrag,
  draggedWith,
  firstPlace,
  isWhereItWas,
  nextPlace,
  placeWords,
  ranksAt,
} from './drag.logic.ts';

const draft = (id: string, rank: number) => aSummary(id, { rank });
const queued = (id: string, rank: number) => aSummary(id, { rank, status: 'queued' });
const [d1, d2, d3] = [draft('d1', 1), draft('d2', 2), draft('d3', 3)];
const [q1, q2] = [queued('q1', 1), queued('q2', 2)];
const done = aSummary('c1', { status: 'completed' });
const accepted = aSummary('c2', { status: 'completed', acceptedAt: 5 });
const running = aSummary('r1', { status: 'running' });
const columns = toColumns([d1, d2, d3, q1, q2, done, running]);
const at = (column: 'draft' | 'queued', index: number) => ({ kind: 'column', column, index }) as const;

describe('where tasks may go', () => {
  it.each([
    ['draft', [d1, d2], true],
    ['draft', [d1, q1], false],
    ['queued', [d1, q1], true],
    ['queued', [done], false],
    ['running', [q1], false],
    ['done', [done], false],
  ] as const)('%s', (column, tasks, yes) => {
    expect(accepts(column, tasks)).toBe(yes);
  });

  it('marks as done what has ended, and takes it back only where it was', () => {
    const failed = aSummary('f1', { status: 'failed', acceptedAt: 5 });
    const stopped = aSummary('s1', { status: 'cancelled' });
    expect([[done], [stopped, done], [failed], [d1], [running, done]].map((all) => acceptsDone('done', all))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect([[accepted], [accepted, done], [failed]].map((all) => acceptsDone('review', all))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('puts away only what does not run', () => {
    expect([[done], [d1, done], [done, running], [q1]].map(canArchive)).toEqual([true, true, false, false]);
    expect([d1, q1, done, running].map(canDrag)).toEqual([true, true, true, false]);
  });

  it('takes the whole selection along, but only with a task that is in it', () => {
    const selected = new Set(['d3', 'd1']);
    const ids = (taskId: string) => draggedWith([d1, d2, d3], selected, taskId).map(({ id }) => id);
    expect([ids('d3'), ids('d2')]).toEqual([['d1', 'd3'], ['d2']]);
  });
});

describe('a drag by keyboard', () => {
  it('begins where the task is', () => {
    expect(firstPlace(columns, [d2])).toEqual(at('draft', 1));
    expect(firstPlace(columns, [d1, q2])).toEqual(at('queued', 0));
    expect(firstPlace(columns, [done])).toEqual({ kind: 'done' });
    expect(firstPlace(columns, [accepted])).toEqual({ kind: 'done' });
    expect(firstPlace(columns, [done, q1])).toBeNull();
  });

  it.each([
    ['down', at('draft', 1), at('draft', 2)],
    ['down', at('draft', 2), at('draft', 2)],
    ['up', at('draft', 0), at('draft', 0)],
    ['right', at('draft', 2), at('queued', 2)],
    ['right', at('queued', 1), { kind: 'archive' }],
    ['left', { kind: 'archive' }, at('queued', 0)],
    ['left', at('draft', 1), at('draft', 1)],
  ] as const)('goes %s from %o to %o', (direction, from, to) => {
    expect(nextPlace(columns, [d2], from, direction)).toEqual(to);
  });

  it('goes between what is finished, what is done, and the archive', () => {
    expect(nextPlace(columns, [done], { kind: 'done' }, 'right')).toEqual({ kind: 'archive' });
    expect(nextPlace(columns, [done], { kind: 'done' }, 'left')).toEqual({ kind: 'done' });
    expect(nextPlace(columns, [accepted], { kind: 'done' }, 'left')).toEqual({ kind: 'review' });
    expect(nextPlace(columns, [accepted], { kind: 'review' }, 'down')).toEqual({ kind: 'review' });
  });

  it('is told in words', () => {
    expect(placeWords(columns, [d2], at('queued', 2))).toBe('Queued, place 3 of 3.');
  });
});

it('knows a drop that changes nothing', () => {
  expect(isWhereItWas(columns, [d2], at('draft', 1))).toBe(true);
  expect(isWhereItWas(columns, [d1, d2], at('draft', 0))).toBe(true);
  expect(isWhereItWas(columns, [d1, d3], at('draft', 0))).toBe(false);
  expect(isWhereItWas(columns, [d1], at('queued', 0))).toBe(false);
  expect(isWhereItWas(columns, [accepted], { kind: 'done' })).toBe(true);
  expect(isWhereItWas(columns, [done, accepted], { kind: 'done' })).toBe(false);
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
