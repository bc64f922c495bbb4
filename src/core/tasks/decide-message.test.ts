import { describe, expect, test } from 'vitest';
import { aNewTask } from '../../../test/support/task.ts';
import type { TaskCommand } from '../../contract/task/commands.ts';
import { fold } from '../../contract/task/fold.ts';
import type { Task } from '../../contract/task/state.ts';
import { decide } from './decide.ts';

const ID = 'a00000001';
const RUN = `${ID}.1`;
const create: TaskCommand = { type: 'task.create', start: true, task: aNewTask(ID, {}, ['one']) };
const running: TaskCommand[] = [create, { type: 'run.start', sessionId: 's' }];
const queue: TaskCommand = { type: 'message.queue', id: 'm', text: 'Mind the tabs' };
const edit: TaskCommand = { type: 'message.edit', messageId: 'm', text: ' Mind the spaces ' };
const withdraw: TaskCommand = { type: 'message.withdraw', messageId: 'm' };
const complete: TaskCommand = { type: 'item.set', itemId: '1', status: 'completed', reason: null, by: 'agent' };
const settle = (status: 'completed' | 'failed'): TaskCommand => ({
  type: 'run.settle',
  runId: RUN,
  status,
  outcome: { code: 'all-items-completed', words: '', hint: null },
});
const deliver: Extract<TaskCommand, { type: 'run.record' }> = {
  type: 'run.record',
  runId: RUN,
  events: [
    {
      type: 'turn.requested',
      runId: RUN,
      turn: 1,
      kind: 'follow-up',
      prompt: { text: 'Mind the tabs', bytes: 13, blob: null },
      messageIds: ['m'],
    },
  ],
};

function play(...commands: TaskCommand[]): Task | null {
  let state: Task | null = null;
  for (const command of commands) {
    const decided = decide(state, command, 1);
    if (!decided.ok) throw new Error(decided.rejection.message);
    for (const event of decided.value) state = fold(state, event, 1);
  }
  return state;
}

const another = (id: string): TaskCommand => ({ type: 'message.queue', id, text: id });
const move = (messageId: string, before: string | null): TaskCommand => ({ type: 'message.move', messageId, before });

describe('a queued message', () => {
  test('is moved among the others, and refused once one of them is gone', () => {
    const three = [...running, queue, another('n'), another('o')];
    const order = (...commands: TaskCommand[]) => play(...three, ...commands)?.messages.map(({ id }) => id);
    expect(order(move('o', 'm'))).toEqual(['o', 'm', 'n']);
    expect(order(move('m', null))).toEqual(['n', 'o', 'm']);
    expect(order(move('m', 'o'))).toEqual(['n', 'm', 'o']);
    for (const same of [move('o', null), move('m', 'n'), move('n', 'n')]) {
      expect(decide(play(...three), same, 1)).toEqual({ ok: true, value: [] });
    }
    expect(decide(play(...three), move('m', 'gone'), 1)).toMatchObject({ rejection: { code: 'wrong-state' } });
    expect(decide(play(...three, deliver), move('m', null), 1)).toMatchObject({ rejection: { code: 'wrong-state' } });
  });

  test('is changed and removed as long as no agent has it', () => {
    expect(play(...running, queue, edit)?.messages).toMatchObject([{ id: 'm', text: 'Mind the spaces' }]);
    expect(play(...running, queue, withdraw)?.messages).toEqual([]);
    expect(play(...running, queue, settle('failed'), edit)?.messages).toMatchObject([{ text: 'Mind the spaces' }]);
    const empty: TaskCommand = { type: 'message.edit', messageId: 'm', text: ' ' };
    expect(decide(play(...running, queue), empty, 1)).toMatchObject({ rejection: { code: 'invalid' } });
  });

  test.each([edit, withdraw])('$type is refused in words once the agent has it, or when it was removed', (command) => {
    expect(decide(play(...running, queue, deliver), command, 1)).toMatchObject({
      rejection: { code: 'wrong-state', message: 'The agent has this message already.' },
    });
    expect(decide(play(...running, queue, withdraw), command, 1)).toMatchObject({
      rejection: { message: 'This message is no longer queued: the agent has it already, or it was removed.' },
    });
  });

  test('is sent at once by ending the turn, where there is one', () => {
    const send: TaskCommand = { type: 'message.send' };
    const first: TaskCommand = { ...deliver, events: deliver.events.map((event) => ({ ...event, messageIds: [] })) };
    expect(decide(play(...running, first, queue), send, 1)).toEqual({
      ok: true,
      value: [{ type: 'message.send-requested' }],
    });
    const one: TaskCommand = { ...send, messageId: 'm' };
    const other: TaskCommand = { ...queue, id: 'n' };
    expect(play(...running, first, queue, other, one)?.messages).toMatchObject([{ id: 'm', now: true }, { id: 'n' }]);
    expect(play(...running, first, queue, other, one)?.messages[1]).not.toHaveProperty('now');
    expect(decide(play(...running, queue, deliver, other), one, 1)).toMatchObject({
      rejection: { code: 'wrong-state', message: 'The agent has this message already.' },
    });
    // It is about to be sent anyway.
    expect(decide(play(...running, queue), send, 1)).toEqual({ ok: true, value: [] });
    expect(decide(play(...running), send, 1)).toMatchObject({ rejection: { code: 'wrong-state' } });
    expect(decide(play(...running, queue, settle('failed')), send, 1)).toMatchObject({
      rejection: { message: `Task ${ID} is not running. Resume it, and the message is sent.`, allowed: ['resume'] },
    });
  });

  test('sent while a run ends well is not left behind: the task continues', () => {
    const state = play(...running, complete, queue, settle('completed'));
    expect(state).toMatchObject({ status: 'queued', nextMode: 'resume', messages: [{ id: 'm' }] });
    expect(play(...running, queue, settle('failed'))).toMatchObject({ status: 'failed', messages: [{ id: 'm' }] });
  });

  test('that a finished task was queued for takes the task out of the queue when it is removed', () => {
    const finished = [...running, complete, settle('completed')];
    expect(play(...finished, queue, withdraw)).toMatchObject({
      status: 'cancelled',
      outcome: { words: 'Stopped. The message was removed before it was sent.' },
    });
    expect(play(...running, settle('failed'), queue, withdraw)).toMatchObject({ status: 'queued', messages: [] });
  });
});
