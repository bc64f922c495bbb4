import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aNewTask } from '../../../test/support/task.ts';
import type { RunEvent } from '../../contract/run/events.ts';
import type { TaskCommand } from '../../contract/task/commands.ts';
import { COLUMNS, columnOf, ITEM_TRANSITIONS } from '../../contract/task/derive.ts';
import type { TaskEdit, TaskEvent } from '../../contract/task/events.ts';
import { fold } from '../../contract/task/fold.ts';
import type { Task } from '../../contract/task/state.ts';
import { decide } from './decide.ts';

const ID = 'a00000001';
const create: TaskCommand = { type: 'task.create', start: false, task: aNewTask(ID, {}, ['one', 'two']) };

const itemId = fc.constantFrom('1', '2', '3', '9');
const status = fc.constantFrom('pending', 'in_progress', 'completed', 'blocked', 'skipped');
const runId = fc.constantFrom(`${ID}.1`, `${ID}.2`, `${ID}.3`);
const outcome = { code: 'all-items-completed', words: '', hint: null } as const;
const usage = { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0 };

const anyCommand: fc.Arbitrary<TaskCommand> = fc.oneof(
  fc.constant<TaskCommand>(create),
  fc.constantFrom<TaskCommand>(
    { type: 'task.start' },
    { type: 'task.stop', by: 'user' },
    { type: 'task.resume' },
    { type: 'task.rerun' },
    { type: 'task.edit', edit: { title: 'x' } },
    { type: 'run.start', sessionId: 's' },
    { type: 'message.queue', id: 'm', text: 'hello' },
    { type: 'message.edit', messageId: 'm', text: 'hello again' },
    { type: 'message.withdraw', messageId: 'm' },
    { type: 'item.add', text: 'more', check: null, by: 'agent' },
    { type: 'task.move', rank: 7 },
    { type: 'task.archive', archived: true },
    { type: 'task.accept', accepted: true },
    { type: 'task.unblock', itemIds: null, skip: false },
    { type: 'task.unblock', itemIds: ['2'], skip: true },
    { type: 'task.accept', accepted: false },
    { type: 'task.archive', archived: false },
    { type: 'task.wait', waiting: { for: 'user', words: 'Drover is paused.' } },
    { type: 'session.hand-over', to: 'person' },
    { type: 'session.hand-over', to: 'loop' },
    { type: 'session.hand-over', to: 'loop', edit: { goal: 'A goal.' } },
    { type: 'task.edit', edit: { goal: 'A goal.' } },
    { type: 'task.edit', edit: { goal: '' } },
  ),
  fc.record({
    type: fc.constant('item.set' as const),
    itemId,
    status,
    reason: fc.constantFrom(null, 'because'),
    by: fc.constantFrom('agent' as const, 'user' as const),
  }),
  fc.record({
    type: fc.constant('item.note' as const),
    itemId,
    text: fc.string({ minLength: 1 }),
    by: fc.constant('agent' as const),
  }),
  runId.map(
    (id): TaskCommand => ({
      type: 'run.record',
      runId: id,
      events: [
        {
          type: 'turn.requested',
          runId: id,
          turn: 1,
          kind: 'brief',
          prompt: { text: '', bytes: 0, blob: null },
          messageIds: ['m'],
        },
      ],
    }),
  ),
  runId.map(
    (id): TaskCommand => ({
      type: 'run.record',
      runId: id,
      events: [
        { type: 'turn.settled', runId: id, turn: 1, result: 'ok', error: null, usage, costUsd: 0.1, durationMs: 1 },
      ],
    }),
  ),
  runId.map(
    (id): TaskCommand => ({
      type: 'run.record',
      runId: id,
      events: [{ type: 'session.started', runId: id, sessionId: 's2', model: null }],
    }),
  ),
  // As the loop reports it: only what was asked for.
  fc.tuple(runId, fc.constantFrom('person' as const, 'loop' as const)).map(
    ([id, to]): TaskCommand => ({
      type: 'run.record',
      runId: id,
      events: [
        { type: 'session.started', runId: id, sessionId: 's', model: null },
        { type: 'session.handed-over', runId: id, to, sessionId: 's' },
      ],
    }),
  ),
  fc.record({
    type: fc.constant('run.settle' as const),
    runId,
    status: fc.constantFrom('completed' as const, 'failed' as const, 'cancelled' as const),
    outcome: fc.constant(outcome),
  }),
  fc.record({ type: fc.constant('run.recover' as const), runId, resume: fc.boolean(), words: fc.constant('killed') }),
);

function play(commands: TaskCommand[]): {
  state: Task | null;
  events: TaskEvent[];
  steps: [Task | null, TaskEvent[], Task | null][];
} {
  let state: Task | null = null;
  const events: TaskEvent[] = [];
  const steps: [Task | null, TaskEvent[], Task | null][] = [];
  for (const command of commands) {
    const decided = decide(state, command, 1);
    if (!decided.ok) {
      expect(decided.rejection.message).toMatch(/\.$/);
      continue;
    }
    const before = state;
    for (const event of decided.value) state = fold(state, event, 1);
    events.push(...decided.value);
    steps.push([before, decided.value, state]);
  }
  return { state, events, steps };
}

/** A session that a person opens. */
const open: TaskCommand = { type: 'task.create', start: true, to: 'person', task: aNewTask(ID, { goal: '' }, ['one']) };

const sequences = fc
  .tuple(fc.constantFrom(create, open), fc.array(anyCommand, { maxLength: 60 }))
  .map(([begin, commands]) => [begin, ...commands]);
const TERMINAL = ['completed', 'failed', 'cancelled'];

describe('any sequence of commands', () => {
  test('keeps the invariants of a task', () => {
    fc.assert(
      fc.property(sequences, (commands) => {
        for (const [before, events, after] of play(commands).steps) {
          if (!after) throw new Error('no command here deletes');
          // A terminal status is left only by being queued again, and the outcome is there exactly while it holds.
          if (before && TERMINAL.includes(before.status) && before.status !== after.status) {
            expect(events.some((event) => event.type === 'task.queued')).toBe(true);
          }
          expect(after.outcome !== null).toBe(TERMINAL.includes(after.status));
          expect(after.phase !== null).toBe(after.status === 'running');
          expect(after.waiting !== null).toBe(after.status === 'queued');
          expect(after.nextMode !== null).toBe(after.status === 'queued');
          expect(after.run?.status === 'running').toBe(after.status === 'running');
          expect(after.runCount).toBe(after.run?.no ?? 0);
          expect(after.runCount).toBeGreaterThanOrEqual(before?.runCount ?? 0);
          // What is under way is never out of sight.
          if (['queued', 'running'].includes(after.status)) expect(after.archivedAt).toBeNull();
          // A request for the session is only there while it can be met, and asks for what is not so.
          if (after.run?.handOver) expect(after.status).toBe('running');
          expect(after.run?.handOver).not.toBe(after.run?.holder ?? 'loop');
          // Without a goal nothing begins for the loop, and a goal is never taken away.
          if (after.goal === '' && after.status === 'queued') expect(after.nextHolder).toBe('person');
          if (before && before.goal !== '') expect(after.goal).not.toBe('');
          // What is done has ended, and nothing else is in that column.
          if (after.acceptedAt !== null) expect(TERMINAL).toContain(after.status);
          expect(columnOf(after) === 'done').toBe(after.acceptedAt !== null);
          expect(COLUMNS).toContain(columnOf(after));
          const ids = after.items.map((item) => item.id);
          expect(new Set(ids).size).toBe(ids.length);
          for (const item of after.items) expect(item.reason !== null).toBe(item.status === 'blocked');
        }
      }),
      { numRuns: 400 },
    );
  });

  test('folding a snapshot plus the rest equals folding all', () => {
    fc.assert(
      fc.property(sequences, fc.nat(), (commands, cut) => {
        const { events, state } = play(commands);
        const at = cut % (events.length + 1);
        let snapshot: Task | null = null;
        for (const event of events.slice(0, at)) snapshot = fold(snapshot, event, 1);
        let rest: Task | null = snapshot === null ? null : JSON.parse(JSON.stringify(snapshot));
        for (const event of events.slice(at)) rest = fold(rest, event, 1);
        expect(rest).toEqual(state);
      }),
      { numRuns: 200 },
    );
  });

  test('items change only along the allowed transitions', () => {
    fc.assert(
      fc.property(sequences, (commands) => {
        for (const [before, events, after] of play(commands).steps) {
          if (events.some((event) => event.type === 'task.queued')) continue;
          for (const item of after?.items ?? []) {
            const was = before?.items.find((one) => one.id === item.id)?.status;
            if (was && was !== item.status) expect(ITEM_TRANSITIONS[was]).toContain(item.status);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('refusals say what is allowed', () => {
  const state = play([create]).state;

  test('an unknown item', () => {
    expect(decide(state, { type: 'item.set', itemId: '7', status: 'completed', reason: null, by: 'agent' }, 1)).toEqual(
      {
        ok: false,
        rejection: {
          code: 'not-found',
          message: `There is no item 7 in task ${ID}. The items are 1, 2.`,
          allowed: ['1', '2'],
        },
      },
    );
  });

  test('a transition that is not there', () => {
    const done = play([
      create,
      { type: 'item.set', itemId: '1', status: 'completed', reason: null, by: 'agent' },
    ]).state;
    expect(decide(done, { type: 'item.set', itemId: '1', status: 'skipped', reason: null, by: 'user' }, 1)).toEqual({
      ok: false,
      rejection: {
        code: 'wrong-state',
        message: 'Item 1 is completed and cannot become skipped. It can become pending or in_progress.',
        allowed: ['pending', 'in_progress'],
      },
    });
  });

  test('an agent that would skip an item', () => {
    expect(
      decide(state, { type: 'item.set', itemId: '1', status: 'skipped', reason: null, by: 'agent' }, 1),
    ).toMatchObject({ rejection: { message: 'Only the user can skip an item.' } });
  });

  test('a block without a reason', () => {
    expect(
      decide(state, { type: 'item.set', itemId: '1', status: 'blocked', reason: ' ', by: 'agent' }, 1),
    ).toMatchObject({
      ok: false,
      rejection: { code: 'invalid' },
    });
  });

  test('a report of a run that is over', () => {
    expect(decide(state, { type: 'run.record', runId: `${ID}.1`, events: [] }, 1)).toMatchObject({
      rejection: { code: 'stale-run' },
    });
  });
});

describe('a blocked task', () => {
  const block = (itemId: string): TaskCommand => ({
    type: 'item.set',
    itemId,
    status: 'blocked',
    reason: 'There is no key.',
    by: 'agent',
  });
  const outcomeOf: TaskCommand = {
    type: 'run.settle',
    runId: `${ID}.1`,
    status: 'failed',
    outcome: { code: 'item-blocked', words: 'There is no key.', hint: null },
  };
  const running: TaskCommand[] = [create, { type: 'task.start' }, { type: 'run.start', sessionId: 's' }];
  const both = [...running, block('1'), block('2'), outcomeOf];
  const statuses = (state: Task | null) => state?.items.map((item) => item.status);

  test.each<[string, TaskCommand]>([
    ['a message', { type: 'message.queue', id: 'm', text: 'The key is in .env now, go on' }],
    ['resume', { type: 'task.resume' }],
    ['unblock', { type: 'task.unblock', itemIds: null, skip: false }],
  ])('%s opens what is blocked again and goes on, and the agent can complete it', (_, command) => {
    const again = play([...both, command]).state;
    expect(again).toMatchObject({ status: 'queued', nextMode: 'resume', outcome: null });
    expect(statuses(again)).toEqual(['pending', 'pending']);
    const after = play([
      ...both,
      command,
      { type: 'run.start', sessionId: 's' },
      { type: 'item.set', itemId: '1', status: 'completed', reason: null, by: 'agent' },
    ]).state;
    expect(statuses(after)).toEqual(['completed', 'pending']);
  });

  test('a message while it still runs opens what is blocked, and so can the agent itself', () => {
    const said: TaskCommand = { type: 'message.queue', id: 'm', text: 'It is there' };
    expect(statuses(play([...running, block('1'), said]).state)).toEqual(['pending', 'pending']);
    const itself: TaskCommand = { type: 'item.set', itemId: '1', status: 'completed', reason: null, by: 'agent' };
    expect(statuses(play([...running, block('1'), itself]).state)).toEqual(['completed', 'pending']);
  });

  test('goes on when the last item that is blocked is opened or skipped, and not before', () => {
    const first: TaskCommand = { type: 'task.unblock', itemIds: ['1'], skip: false };
    const second: TaskCommand = { type: 'task.unblock', itemIds: ['2'], skip: true };
    expect(play([...both, first]).state).toMatchObject({ status: 'failed' });
    expect(statuses(play([...both, first]).state)).toEqual(['pending', 'blocked']);
    const after = play([...both, first, second]).state;
    expect(after).toMatchObject({ status: 'queued', nextMode: 'resume' });
    expect(statuses(after)).toEqual(['pending', 'skipped']);
  });

  test('that a person has opened by hand goes on too', () => {
    const byHand: TaskCommand = { type: 'item.set', itemId: '1', status: 'pending', reason: null, by: 'user' };
    const state = play([...running, block('1'), outcomeOf, byHand]).state;
    expect(state?.status).toBe('failed');
    expect(decide(state, { type: 'task.unblock', itemIds: null, skip: false }, 1)).toMatchObject({
      value: [{ type: 'task.queued', mode: 'resume' }],
    });
  });

  test('what is not blocked cannot be unblocked', () => {
    const { state } = play(running);
    expect(decide(state, { type: 'task.unblock', itemIds: null, skip: false }, 1)).toMatchObject({
      rejection: { message: `No item of task ${ID} is blocked.` },
    });
    expect(decide(state, { type: 'task.unblock', itemIds: ['2'], skip: false }, 1)).toMatchObject({
      rejection: { message: 'Item 2 is not blocked.' },
    });
  });
});

describe('place and archive', () => {
  const running: TaskCommand[] = [create, { type: 'task.start' }, { type: 'run.start', sessionId: 's' }];
  const settle: TaskCommand = { type: 'run.settle', runId: `${ID}.1`, status: 'failed', outcome };

  test('a task is at the place of its making until it is moved, and moving it there again says nothing', () => {
    expect(play([create]).state?.rank).toBe(1);
    const moved = play([create, { type: 'task.move', rank: 0.5 }]).state;
    expect(moved?.rank).toBe(0.5);
    expect(decide(moved, { type: 'task.move', rank: 0.5 }, 1)).toEqual({ ok: true, value: [] });
  });

  test('what is under way cannot be archived, and what is archived comes back when it is to run', () => {
    const archive: TaskCommand = { type: 'task.archive', archived: true };
    expect(decide(play(running).state, archive, 1)).toMatchObject({
      rejection: {
        code: 'wrong-state',
        message: `Task ${ID} is running and cannot be archived; stop it first.`,
      },
    });
    const archived = play([...running, settle, archive]).state;
    expect(archived).toMatchObject({ status: 'failed', archivedAt: 1 });
    expect(decide(archived, archive, 2)).toEqual({ ok: true, value: [] });
    for (const again of [
      { type: 'task.resume' },
      { type: 'task.rerun' },
      { type: 'message.queue', id: 'm', text: 't' },
    ] as const) {
      expect(play([...running, settle, archive, again]).state).toMatchObject({ status: 'queued', archivedAt: null });
    }
  });

  test('what has ended is taken as done by a person only, and can be taken back', () => {
    const done: TaskCommand = { type: 'task.accept', accepted: true };
    expect(decide(play([create]).state, done, 1)).toMatchObject({ rejection: { code: 'wrong-state' } });
    expect(decide(play(running).state, done, 1)).toMatchObject({
      rejection: { message: `Task ${ID} is running and cannot be marked as done; stop it first.` },
    });
    const marked = play([...running, settle, done]).state;
    expect(marked).toMatchObject({ status: 'failed', acceptedAt: 1 });
    expect(decide(marked, done, 2)).toEqual({ ok: true, value: [] });
    expect(play([...running, settle, done, { type: 'task.accept', accepted: false }]).state?.acceptedAt).toBeNull();
  });

  test('why a task waits changes nothing else of it', () => {
    const rerun = play([
      ...running,
      settle,
      { type: 'task.rerun' },
      { type: 'item.set', itemId: '1', status: 'completed', reason: null, by: 'user' },
    ]).state;
    const waiting = { for: 'user', words: 'Drover is paused.' } as const;
    const decided = decide(rerun, { type: 'task.wait', waiting }, 1);
    if (!decided.ok) throw new Error(decided.rejection.message);
    let after = rerun;
    for (const event of decided.value) after = fold(after, event, 1);
    expect(after).toEqual({ ...rerun, waiting });
    expect(decide(play(running).state, { type: 'task.wait', waiting }, 1).ok).toBe(false);
  });
});

describe('a run that uses more than it may', () => {
  const runId = `${ID}.1`;
  const exceeded: TaskCommand = {
    type: 'run.record',
    runId,
    events: [{ type: 'limit.exceeded', runId, limit: 'maxMemory', used: 4.2e9, most: 4e9 }],
  };
  const words = 'It used 4.2 GB of memory; its limit is 4 GB.';
  const over: TaskCommand[] = [create, { type: 'task.start' }, { type: 'run.start', sessionId: 's' }, exceeded];
  const stateAfter = (commands: TaskCommand[]) => play(commands).state;

  test('is being ended, and says why', () => {
    expect(stateAfter(over)).toMatchObject({ phase: 'stopping', phaseWords: words, run: { overLimit: words } });
  });

  test.each([true, false])('is not run again when the host dies before its end is written (resume: %s)', (resume) => {
    const state = stateAfter([...over, { type: 'run.recover', runId, resume, words: 'Drover was killed.' }]);
    expect(state).toMatchObject({ status: 'failed', waiting: null, outcome: { code: 'over-limit', words } });
  });

  test('continues when a person resumes it, and the next run knows; the one after that no more', () => {
    const outcome = { code: 'over-limit', words, hint: null } as const;
    const resumed: TaskCommand[] = [
      ...over,
      { type: 'run.settle', runId, status: 'failed', outcome },
      { type: 'task.resume' },
      { type: 'run.start', sessionId: 's' },
    ];
    const second = stateAfter(resumed)?.run;
    expect(second).toMatchObject({ no: 2, overLimitBefore: words });
    expect(second).not.toHaveProperty('overLimit');
    const third = stateAfter([
      ...resumed,
      { type: 'run.settle', runId: `${ID}.2`, status: 'failed', outcome },
      { type: 'task.resume' },
      { type: 'run.start', sessionId: 's' },
    ]);
    expect(third?.run).not.toHaveProperty('overLimitBefore');
  });

  test('its limits, and nothing else, can be changed while it runs or waits', () => {
    const { limits } = aNewTask(ID);
    for (const commands of [over.slice(0, 2), over.slice(0, 3)]) {
      const ask = (edit: TaskEdit) => decide(stateAfter(commands), { type: 'task.edit', edit }, 1);
      expect(ask({ limits: { ...limits, maxMemory: 8e9 } })).toMatchObject({ ok: true });
      expect(ask({ limits, title: 'Other' })).toMatchObject({ ok: false });
      expect(ask({})).toMatchObject({ ok: false });
    }
  });
});

describe('a session that is handed over', () => {
  const record = (...events: RunEvent[]): TaskCommand => ({ type: 'run.record', runId: `${ID}.1`, events });
  const begun: TaskCommand[] = [
    create,
    { type: 'task.start' },
    { type: 'run.start', sessionId: 's' },
    record({ type: 'session.started', runId: `${ID}.1`, sessionId: 's', model: null }),
  ];
  const taken: TaskCommand[] = [
    ...begun,
    { type: 'session.hand-over', to: 'person' },
    record({ type: 'session.handed-over', runId: `${ID}.1`, to: 'person', sessionId: 's' }),
  ];
  const stateAfter = (commands: TaskCommand[]) => play(commands).state;
  const ask = (commands: TaskCommand[], command: TaskCommand) => decide(stateAfter(commands), command, 1);
  const toPerson: TaskCommand = { type: 'session.hand-over', to: 'person' };
  const toLoop: TaskCommand = { type: 'session.hand-over', to: 'loop' };
  const recover: TaskCommand = { type: 'run.recover', runId: `${ID}.1`, resume: true, words: 'Drover was killed.' };

  test('goes to a person and back, and what is so already changes nothing', () => {
    expect(stateAfter(begun)?.run?.holder).toBeUndefined();
    expect(ask(begun, toLoop)).toEqual({ ok: true, value: [] });
    expect(ask(begun, toPerson)).toMatchObject({ value: [{ type: 'session.hand-over-requested', to: 'person' }] });
    expect(ask([...begun, toPerson], toPerson)).toEqual({ ok: true, value: [] });
    // Asked for after the turn, and then at once.
    const turn = record({
      ...{ type: 'turn.requested', runId: `${ID}.1`, turn: 1, kind: 'brief', messageIds: [] },
      prompt: { text: '', bytes: 0, blob: null },
    });
    expect(ask([...begun, turn, toPerson], { ...toPerson, now: true })).toMatchObject({ value: [{ now: true }] });
    expect(stateAfter(taken)?.run).toMatchObject({ holder: 'person', process: null });
    expect(ask(taken, toPerson)).toEqual({ ok: true, value: [] });
    expect(stateAfter([...taken, toLoop])?.run).toMatchObject({ holder: 'person', handOver: 'loop' });
  });

  test('a request can be taken back before it is met', () => {
    expect(stateAfter([...begun, toPerson, toLoop])?.run).not.toHaveProperty('handOver');
    expect(stateAfter([...taken, toLoop, toPerson])?.run).not.toHaveProperty('handOver');
  });

  test('is refused with a sentence where there is no session to take', () => {
    expect(ask(begun.slice(0, 3), toPerson)).toMatchObject({ ok: false, rejection: { code: 'wrong-state' } });
    expect(ask([...begun, { type: 'task.stop', by: 'user' }], toPerson)).toMatchObject({ ok: false });
  });

  test('of a task that does not run, they get it when its run begins; a request in the queue can be taken back', () => {
    const queuedFor = (commands: TaskCommand[]) => stateAfter([...commands, toPerson]);
    expect(queuedFor([create])).toMatchObject({ status: 'queued', nextMode: 'fresh', nextHolder: 'person' });
    const settled: TaskCommand[] = [
      ...begun,
      {
        ...{ type: 'run.settle', runId: `${ID}.1`, status: 'failed' },
        outcome: { code: 'crashed', words: '', hint: null },
      } as const,
    ];
    expect(queuedFor(settled)).toMatchObject({ status: 'queued', nextMode: 'resume', nextHolder: 'person' });
    expect(stateAfter([...settled, toPerson, { type: 'run.start', sessionId: 's' }])?.run?.handOver).toBe('person');
    expect(stateAfter([...settled, toPerson, toLoop])).not.toHaveProperty('nextHolder');
    expect(stateAfter([...settled, toPerson, { type: 'task.stop', by: 'user' }])).not.toHaveProperty('nextHolder');
    // Why it waits may change, and that is all that changes then.
    const waiting = { for: 'user', words: 'Paused.' } as const;
    expect(stateAfter([...settled, toPerson, { type: 'task.wait', waiting }])).toMatchObject({ nextHolder: 'person' });
    expect(ask(settled, toLoop)).toMatchObject({ ok: false, rejection: { code: 'wrong-state' } });
  });

  test('recovery gives a session that a person has, or wants, to them and never to the loop', () => {
    for (const before of [taken, [...begun, toPerson]]) {
      const again = stateAfter([...before, recover]);
      expect(again).toMatchObject({ status: 'queued', nextMode: 'recovery', nextHolder: 'person' });
      expect(stateAfter([...before, recover, { type: 'run.start', sessionId: 's' }])?.run).toMatchObject({
        no: 2,
        handOver: 'person',
      });
      // Where nothing is to be resumed unasked, it waits for them.
      const waits = stateAfter([...before, { ...recover, resume: false }]);
      expect(waits).toMatchObject({ status: 'failed', outcome: { code: 'interrupted' } });
      expect(waits?.outcome?.words).toContain('You had taken over its session.');
      const resumed = stateAfter([...before, { ...recover, resume: false }, { type: 'task.resume' }]);
      expect(resumed).not.toHaveProperty('nextHolder');
    }
    // Given back: it is the loop's.
    expect(stateAfter([...taken, toLoop, recover])).toMatchObject({ status: 'queued' });
    expect(stateAfter([...taken, toLoop, recover])).not.toHaveProperty('nextHolder');
  });
});
