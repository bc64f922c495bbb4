import { expect, test } from 'vitest';
import { type Clock, createClock } from '../../base/clock.ts';
import type { Message } from './protocol.ts';
import { createActivity, createTurnClock, type TurnClock } from './turn-clock.ts';

const UUID = 'ours';
const state = (name: string): Message => ({ type: 'system', subtype: 'session_state_changed', state: name });
const background = (count: number): Message => ({
  type: 'system',
  subtype: 'background_tasks_changed',
  tasks: Array.from({ length: count }, (_, i) => ({ task_id: `t${i}`, task_type: 'local_bash', description: 'x' })),
});
const notification: Message = { type: 'system', subtype: 'task_notification' };
const result = (more: object = {}): Message => ({
  type: 'result',
  is_error: false,
  num_turns: 1,
  user_message_uuids: [UUID],
  ...more,
});
const ownResult = (more: object = {}) =>
  result({ user_message_uuids: undefined, origin: { kind: 'task-notification' }, ...more });

/** A clock whose timers go off by hand. */
function handClock(): Clock & { ring(ms: number): void } {
  const timers = new Map<() => void, number>();
  return {
    now: () => 0,
    timer(ms, fire) {
      timers.set(fire, ms);
      const cancel = () => timers.delete(fire);
      return { restart: () => {}, pause: () => {}, resume: () => {}, cancel };
    },
    ring(ms) {
      for (const [fire, after] of [...timers]) {
        if (after !== ms) continue;
        timers.delete(fire);
        fire();
      }
    },
  };
}

function watched(settled?: (signal: AbortSignal) => Promise<void>) {
  const clock = handClock();
  const activity = createActivity();
  const turn: TurnClock = createTurnClock({
    uuid: UUID,
    activity,
    clock,
    backgroundWaitMs: 300,
    announcedWaitMs: 30,
    settled,
  });
  let over = false;
  void turn.over.then(() => {
    over = true;
  });
  return {
    clock,
    turn,
    async take(...messages: Message[]): Promise<boolean> {
      for (const message of messages) {
        activity.take(message);
        turn.take(message);
      }
      await Promise.resolve();
      return over;
    },
    async isOver() {
      await new Promise((resolve) => setImmediate(resolve));
      return over;
    },
  };
}

test('over at idle after the result that names the prompt', async () => {
  const { take, turn } = watched();
  expect(await take(state('running'), result({ result: 'ok' }))).toBe(false);
  expect(await take(state('idle'))).toBe(true);
  expect(await turn.over).toMatchObject({ result: { words: 'ok' }, interrupted: false });
});

test('without states, over at the result', async () => {
  expect(await watched().take(result())).toBe(true);
  expect(await watched().take(result({ user_message_uuids: undefined }))).toBe(true);
});

test('a result that names another prompt, or none because the program began it, is not ours', async () => {
  const { take } = watched();
  expect(await take(state('running'), result({ user_message_uuids: ['other'] }), state('idle'))).toBe(false);
  expect(await take(state('running'), ownResult(), state('idle'))).toBe(false);
  expect(await take(state('running'), result({ user_message_uuids: ['other', UUID] }), state('idle'))).toBe(true);
});

test('background work and the turn it causes belong to it, and the last result counts', async () => {
  const { take, turn } = watched();
  expect(await take(state('running'), background(1), result(), state('idle'))).toBe(false);
  expect(await take(notification, background(0))).toBe(false);
  expect(await take(state('running'), ownResult({ num_turns: 0 }))).toBe(false);
  expect(await take(ownResult({ is_error: true, result: 'API Error' }), state('idle'))).toBe(true);
  expect(await turn.over).toMatchObject({ result: { isError: true, words: 'API Error' } });
});

test('an announced turn that does not begin is not waited for long', async () => {
  const { take, clock, isOver } = watched();
  expect(await take(state('running'), background(1), result(), state('idle'), notification, background(0))).toBe(false);
  clock.ring(30);
  expect(await isOver()).toBe(true);
});

test('background work that does not end is waited for so long', async () => {
  const { take, clock, isOver } = watched();
  await take(state('running'), background(1), result(), state('idle'));
  clock.ring(30);
  expect(await isOver()).toBe(false);
  clock.ring(300);
  expect(await isOver()).toBe(true);
});

test('background work is not waited for when the checklist is settled; a running turn is', async () => {
  let settle = () => {};
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const { take, isOver } = watched(() => settled);
  await take(state('running'), background(1), result());
  settle();
  expect(await isOver()).toBe(false);
  await take(state('idle'));
  expect(await isOver()).toBe(true);
});

test('an interrupt ends it at idle, whatever works in the background', async () => {
  const { take, turn, isOver } = watched();
  await take(state('running'), background(2));
  turn.interrupt();
  expect(await isOver()).toBe(false);
  expect(await take(result({ terminal_reason: 'aborted_tools' }), state('idle'))).toBe(true);
  expect(await turn.over).toMatchObject({ interrupted: true });
});

test('a prompt that was taken back is over', async () => {
  const { take, turn } = watched();
  turn.interrupt();
  const cancelled = { type: 'command_lifecycle', command_uuid: UUID, state: 'cancelled' };
  expect(await take(state('running'), cancelled, state('idle'))).toBe(true);
});

test('the real clock leaves no timer behind', async () => {
  const turn = createTurnClock({
    uuid: UUID,
    activity: createActivity(),
    clock: createClock(),
    backgroundWaitMs: 10,
    announcedWaitMs: 10,
  });
  turn.end();
  expect(await turn.over).toEqual({ result: null, errorName: null, interrupted: false });
});
