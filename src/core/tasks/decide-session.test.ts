import { describe, expect, test } from 'vitest';
import { aNewTask } from '../../../test/support/task.ts';
import type { Result } from '../../contract/rejection.ts';
import type { RunEvent } from '../../contract/run/events.ts';
import type { TaskCommand } from '../../contract/task/commands.ts';
import { isTheirs, summarize } from '../../contract/task/derive.ts';
import type { TaskEvent } from '../../contract/task/events.ts';
import { fold } from '../../contract/task/fold.ts';
import type { Task } from '../../contract/task/state.ts';
import { decide } from './decide.ts';

const ID = 'a00000001';
const session = aNewTask(ID, { goal: '' }, []);
const open: TaskCommand = { type: 'task.create', start: true, to: 'person', task: session };
const toPerson: TaskCommand = { type: 'session.hand-over', to: 'person' };
const toLoop: TaskCommand = { type: 'session.hand-over', to: 'loop' };
const goal: TaskCommand = { type: 'task.edit', edit: { goal: 'Mend it.' } };
const record = (no: number, ...events: RunEvent[]): TaskCommand => ({
  type: 'run.record',
  runId: `${ID}.${no}`,
  events,
});
const taken = (no: number): TaskCommand[] => [
  { type: 'run.start', sessionId: 's' },
  record(
    no,
    { type: 'session.handed-over', runId: `${ID}.${no}`, to: 'person', sessionId: 's' },
    { type: 'session.started', runId: `${ID}.${no}`, sessionId: 's', model: null },
    { type: 'phase.changed', runId: `${ID}.${no}`, phase: 'taken', words: null },
  ),
];
const closed = record(1, { type: 'phase.changed', runId: `${ID}.1`, phase: 'taken', words: 'It has ended.' });
const settled: TaskCommand = {
  ...{ type: 'run.settle', runId: `${ID}.1`, status: 'cancelled' },
  outcome: { code: 'by-user', words: 'Stopped.', hint: null },
};

function play(...commands: TaskCommand[]): Task {
  let state: Task | null = null;
  for (const command of commands) {
    const done = decide(state, command, 1);
    if (!done.ok) throw new Error(done.rejection.message);
    for (const event of done.value) state = fold(state, event, 1);
  }
  if (state === null) throw new Error('no task');
  return state;
}
const ask = (state: Task, command: TaskCommand): Result<TaskEvent[]> => decide(state, command, 1);
const words = (done: Result<unknown>) => (done.ok ? null : done.rejection.message);

describe('a session without a goal', () => {
  test('begins for a person only, and says in lists that it has none', () => {
    expect(play(open)).toMatchObject({ status: 'queued', nextHolder: 'person', goal: '' });
    expect(summarize(play(open))).toMatchObject({ session: 'person', noGoal: true });
    for (const command of [{ ...open, start: false }, { type: 'task.create', start: true, task: session } as const]) {
      expect(words(decide(null, command, 1))).toBe('The goal is empty.');
    }
    expect(summarize(play(open, goal))).not.toHaveProperty('noGoal');
  });

  test.each<[string, TaskCommand[]]>([
    ['in the queue', [open]],
    ['while they have it', [open, ...taken(1)]],
  ])('is not given to the loop %s before it has a goal', (_name, commands) => {
    const state = play(...commands);
    expect(words(ask(state, toLoop))).toMatch(/has no goal yet\. Set a goal first/);
    expect(words(ask(state, { ...toLoop, edit: { goal: ' ' } } as TaskCommand))).toBe('The goal is empty.');
    expect(isTheirs(play(...commands, goal))).toBe(true);
    expect(isTheirs(play(...commands, goal, toLoop))).toBe(false);
  });

  test('gets goal and items with the same step that gives it back', () => {
    const given = { ...toLoop, edit: { goal: 'Mend it.' }, items: [{ text: 'one', check: null }] } as TaskCommand;
    const after = play(open, ...taken(1), given);
    expect(after).toMatchObject({ goal: 'Mend it.', goalIsNew: true, run: { handOver: 'loop' } });
    expect(after.items).toMatchObject([{ id: '1', text: 'one', status: 'pending' }]);
    // Refused whole.
    const many = Array.from({ length: 501 }, () => ({ text: 'one', check: null }));
    expect(ask(play(open, ...taken(1)), { ...given, items: many } as TaskCommand).ok).toBe(false);
  });

  test('is opened again after it has ended, also without ever having begun, and continued by nobody else', () => {
    for (const ended of [play(open, ...taken(1), settled), play(open, { type: 'task.stop', by: 'user' })]) {
      for (const command of [
        { type: 'task.resume' },
        { type: 'task.rerun' },
        { type: 'message.queue', id: 'm', text: 'Hello.' },
      ] as const) {
        expect(words(ask(ended, command))).toMatch(/session without a goal\. Open its session again, or set a goal/);
      }
      expect(ask(ended, toPerson)).toMatchObject({ ok: true, value: [{ type: 'task.queued', to: 'person' }] });
    }
    const withGoal = play(open, ...taken(1), settled, goal, { type: 'task.resume' });
    expect(withGoal).toMatchObject({ status: 'queued', nextMode: 'resume', goalIsNew: true });
    expect(withGoal).not.toHaveProperty('nextHolder');
  });

  test('is theirs after a kill, whatever was going on', () => {
    const recover = (resume: boolean): TaskCommand => ({
      type: 'run.recover',
      runId: `${ID}.1`,
      resume,
      words: 'Killed.',
    });
    for (const before of [
      [open, { type: 'run.start', sessionId: 's' } as const],
      [open, ...taken(1)],
    ]) {
      expect(play(...before, recover(true))).toMatchObject({ nextMode: 'recovery', nextHolder: 'person' });
      expect(play(...before, recover(false)).outcome?.hint).toMatch(/Open its session again, or set a goal/);
    }
  });
});

describe('while a person has a session', () => {
  const held = () => play(open, ...taken(1), goal);

  test('title, goal, checks and limits can be changed, and nothing that the session depends on', () => {
    const state = held();
    expect(ask(state, { type: 'task.edit', edit: { title: 'x', goal: 'y', checks: [['true']] } }).ok).toBe(true);
    for (const edit of [{ base: 'main' }, { autonomy: 'auto' as const }, { title: 'x', agent: state.agent }]) {
      expect(words(ask(state, { type: 'task.edit', edit }))).toMatch(/only its title, goal, checks and limits/);
    }
    // The loop reads it from here on.
    expect(words(ask(play(open, ...taken(1), goal, toLoop), goal))).toMatch(/is running and cannot be changed/);
  });

  test('it is opened again when its program has ended, and only then', () => {
    expect(ask(held(), toPerson)).toEqual({ ok: true, value: [] });
    const again = ask(play(open, ...taken(1), goal, closed), toPerson);
    expect(again).toMatchObject({ ok: true, value: [{ type: 'session.hand-over-requested', to: 'person' }] });
    expect(play(open, ...taken(1), goal, closed, toPerson).run).not.toHaveProperty('handOver');
    expect(ask(play(open, ...taken(1), closed, { type: 'task.stop', by: 'user' }), toPerson).ok).toBe(false);
  });
});

test('a goal is new until a turn with it has ended in order, or a brief says it', () => {
  const changed = play(open, ...taken(1), goal, settled);
  expect(changed.goalIsNew).toBe(true);
  const turn = (result: 'ok' | 'error'): TaskCommand =>
    record(2, {
      ...{ type: 'turn.settled', runId: `${ID}.2`, turn: 1, result, error: null, costUsd: 0, durationMs: 1 },
      usage: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
    });
  const running: TaskCommand[] = [
    open,
    ...taken(1),
    goal,
    settled,
    { type: 'task.resume' },
    { type: 'run.start', sessionId: 's' },
  ];
  expect(play(...running, turn('error')).goalIsNew).toBe(true);
  expect(play(...running, turn('ok'))).not.toHaveProperty('goalIsNew');
  expect(play(open, ...taken(1), goal, settled, { type: 'task.rerun' })).not.toHaveProperty('goalIsNew');
  // Begun by a person, nobody tells it before they give it back, however often Drover is killed until then.
  const begun = play({ type: 'task.create', start: false, task: aNewTask(ID) }, toPerson);
  expect(begun.goalIsNew).toBe(true);
  // Its agent was there, and ended before it was asked anything.
  const silent: TaskCommand[] = [
    { type: 'task.create', start: true, task: aNewTask(ID) },
    { type: 'run.start', sessionId: 's' },
    record(1, { type: 'session.started', runId: `${ID}.1`, sessionId: 's', model: null }),
    { type: 'run.recover', runId: `${ID}.1`, resume: true, words: 'Killed.' },
  ];
  expect(play(...silent).goalIsNew).toBe(true);
  // A session that is lost takes with it what its agent knew.
  const lost = record(2, { type: 'session.lost', runId: `${ID}.2`, sessionId: 't', words: 'Unknown.' });
  expect(play(...running, turn('ok'), lost).goalIsNew).toBe(true);
  // A draft tells its first agent all of it; a task that is done has something to do again.
  const draft: TaskCommand = { type: 'task.create', start: false, task: aNewTask(ID) };
  expect(play(draft, goal)).not.toHaveProperty('goalIsNew');
  const done: TaskCommand[] = [
    { type: 'task.create', start: true, task: aNewTask(ID, {}, []) },
    ...taken(1),
    { ...settled, status: 'completed', outcome: { code: 'all-items-completed', words: '', hint: null } } as TaskCommand,
  ];
  expect(ask(play(...done), { type: 'task.resume' }).ok).toBe(false);
  expect(ask(play(...done, goal), { type: 'task.resume' }).ok).toBe(true);
});
