import { expect, test } from 'vitest';
import { aTask } from '../../../test/support/task.ts';
import { fold } from './fold.ts';
import { rescheduled } from './reschedule.ts';
import { scheduleChange } from './schedule.ts';

const after = { taskIds: ['a00000002'], need: 'all', fromBranch: false } as const;

test('a change keeps what it does not name, and what is usual is not kept', () => {
  const before = rescheduled(undefined, scheduleChange.parse({ priority: 'high', after: { taskIds: ['a00000002'] } }));
  expect(before).toEqual({ priority: 'high', after });
  expect(rescheduled(before, { startAt: 5 })).toEqual({ priority: 'high', startAt: 5, after });
  expect(rescheduled(before, { priority: 'normal', startAt: undefined, after: null })).toEqual({});
});

test('once a task has started, neither its time nor what it depended on holds it again', () => {
  const queued = aTask({
    status: 'queued',
    schedule: { priority: 'low', startAt: 5, after: { ...after, taskIds: ['a00000002'] } },
  });
  const started = fold(queued, { type: 'run.started', runId: 'a00000001.2', no: 2, mode: 'fresh', sessionId: 's' }, 9);
  expect(started?.schedule).toEqual({ priority: 'low', after: { ...after, met: true } });
  // Chosen again, it holds again.
  expect(rescheduled(started?.schedule, { after: { ...after, taskIds: ['a00000002'] } })).toEqual({
    priority: 'low',
    after,
  });
});
