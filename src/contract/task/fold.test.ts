import { describe, expect, test } from 'vitest';
import { aNewTask, anItem } from '../../../test/support/task.ts';
import { columnOf, exitCodeOf, stateOf } from './derive.ts';
import type { TaskEvent } from './events.ts';
import { fold } from './fold.ts';
import type { Task } from './state.ts';

const { items: _items, ...task } = aNewTask('a00000001');
const created: TaskEvent = { type: 'task.created', task: { ...task, kind: 'agent' }, items: [anItem('1')] };

function stateAfter(...events: TaskEvent[]): Task {
  let state: Task | null = null;
  for (const [n, event] of [created, ...events].entries()) state = fold(state, event, 100 + n);
  if (!state) throw new Error('deleted');
  return state;
}

const queued: TaskEvent = { type: 'task.queued', mode: 'fresh', waiting: { for: 'slot', words: '' } };
const started: TaskEvent = { type: 'run.started', runId: 'a00000001.1', no: 1, mode: 'fresh', sessionId: 's' };

describe('fold', () => {
  test('an event of an unknown type leaves the state as it is, to the same object', () => {
    const state = stateAfter(queued, started);
    expect(fold(state, { type: 'from.the.future', runId: 'a00000001.1' } as unknown as TaskEvent, 999)).toBe(state);
  });

  test('an event of an earlier run leaves the state as it is', () => {
    const state = stateAfter(queued, started);
    expect(
      fold(
        state,
        {
          type: 'turn.requested',
          runId: 'a00000001.9',
          turn: 1,
          kind: 'brief',
          prompt: { text: '', bytes: 0, blob: null },
          messageIds: [],
        },
        999,
      ),
    ).toBe(state);
  });

  test('a rerun puts every item back to pending and forgets session and workspace', () => {
    const state = stateAfter(
      queued,
      started,
      { type: 'session.started', runId: 'a00000001.1', sessionId: 's', model: 'm' },
      { type: 'item.changed', itemId: '1', status: 'blocked', reason: 'why', by: 'agent' },
      {
        type: 'run.settled',
        runId: 'a00000001.1',
        status: 'failed',
        outcome: { code: 'item-blocked', words: '', hint: null },
      },
      { type: 'task.queued', mode: 'rerun', waiting: { for: 'slot', words: '' } },
    );
    expect(state.run).toMatchObject({ status: 'failed', outcome: 'item-blocked' });
    expect(state.items[0]).toMatchObject({ status: 'pending', reason: null });
    expect(state).toMatchObject({ sessionId: null, workspace: null, status: 'queued', outcome: null });
  });

  test('usage of turns adds up for the run and for the task', () => {
    const usage = { inputTokens: 5, outputTokens: 7, cacheReadTokens: 1, cacheWriteTokens: 2 };
    const settled: TaskEvent = {
      type: 'turn.settled',
      runId: 'a00000001.1',
      turn: 1,
      result: 'ok',
      error: null,
      usage,
      costUsd: 0.25,
      durationMs: 1,
    };
    const state = stateAfter(queued, started, settled, settled);
    expect(state.usage).toEqual({ inputTokens: 10, outputTokens: 14, cacheReadTokens: 2, cacheWriteTokens: 4 });
    expect(state.run?.costUsd).toBe(0.5);
    expect(state.costUsd).toBe(0.5);
  });

  test('messages that a turn carries are no longer waiting', () => {
    const state = stateAfter(
      queued,
      started,
      { type: 'message.queued', message: { id: 'm1', at: 1, text: 'x' } },
      { type: 'message.queued', message: { id: 'm2', at: 1, text: 'y' } },
      {
        type: 'turn.requested',
        runId: 'a00000001.1',
        turn: 1,
        kind: 'follow-up',
        prompt: { text: '', bytes: 0, blob: null },
        messageIds: ['m1'],
      },
    );
    expect(state.messages.map((message) => message.id)).toEqual(['m2']);
  });

  test('at most 20 notes are kept with an item', () => {
    const notes = Array.from(
      { length: 30 },
      (_, n): TaskEvent => ({ type: 'item.noted', itemId: '1', note: { at: n, by: 'agent', text: String(n) } }),
    );
    const state = stateAfter(...notes);
    expect(state.items[0]?.notes).toHaveLength(20);
    expect(state.items[0]?.notes.at(-1)?.text).toBe('29');
  });
});

describe('what follows from a state', () => {
  test.each([
    ['completed', 'all-items-completed', 0, 'finished', 'review'],
    ['failed', 'retries-spent', 1, 'failed', 'needs-you'],
    ['failed', 'check-failed', 1, 'failed', 'needs-you'],
    ['failed', 'item-blocked', 2, 'blocked', 'needs-you'],
    ['failed', 'backend-missing', 4, 'failed', 'needs-you'],
    ['failed', 'crashed', 4, 'failed', 'needs-you'],
    ['cancelled', 'by-user', 130, 'stopped', 'review'],
  ] as const)('%s (%s) exits with %i, is %s and stands in %s', (status, code, exit, state, column) => {
    const outcome = { code, words: '', hint: null };
    const task = { status, phase: null, outcome, acceptedAt: null, items: { blocked: 1 } };
    expect(exitCodeOf(status, outcome)).toBe(exit);
    expect([stateOf(task), columnOf(task)]).toEqual([state, column]);
    expect(columnOf({ ...task, acceptedAt: 5 })).toBe('done');
  });

  test('a task of which nothing is blocked any more still needs its person', () => {
    const outcome = { code: 'item-blocked', words: '', hint: null } as const;
    const task = { status: 'failed', phase: null, outcome, acceptedAt: null, items: [anItem('1')] } as const;
    expect([stateOf(task), columnOf(task)]).toEqual(['unblocked', 'needs-you']);
  });

  test('a task that is queued again is no longer done', () => {
    const settled: TaskEvent = {
      type: 'run.settled',
      runId: 'a00000001.1',
      status: 'completed',
      outcome: { code: 'all-items-completed', words: '', hint: null },
    };
    const done = stateAfter(queued, started, settled, { type: 'task.accepted', accepted: true });
    expect(stateOf(done)).toBe('done');
    expect(fold(done, { type: 'task.queued', mode: 'resume', waiting: { for: 'slot', words: '' } }, 900)).toMatchObject(
      {
        acceptedAt: null,
      },
    );
  });
});
