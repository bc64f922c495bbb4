import { expect, test } from 'vitest';
import { createManualClock } from '../../../test/support/clock.ts';
import { YIELDED } from '../../../test/support/scripted-backend.ts';
import type { AgentSession, TurnResult } from '../backends/backend.ts';
import { createTurnRunner } from './turn.ts';

const LIMITS = { maxRetries: 0, firstResponseMs: 1_000, inactivityMs: 5_000, turnMs: 60_000 };
const HOUR = 3_600_000;

/** A turn that goes on until it is ended by the test, or interrupted. */
function begin() {
  const clock = createManualClock();
  const runner = createTurnRunner(clock);
  let settle: (result: TurnResult) => void = () => {};
  const session = {
    prompt: () =>
      new Promise<TurnResult>((resolve) => {
        settle = resolve;
      }),
    interrupt: async () => settle({ ...YIELDED, result: 'interrupted' }),
  } as unknown as AgentSession;
  const run = () => runner.run(session, 'go', LIMITS, true);
  return { clock, runner, run, end: () => settle(YIELDED) };
}

test('while a person is asked all clocks stand still, however long it takes', async () => {
  const { clock, runner, run, end } = begin();
  const turn = run();
  const goOn = runner.hold();
  clock.advance(HOUR);
  goOn();
  runner.responded();
  const again = runner.hold();
  clock.advance(24 * HOUR);
  again();
  end();
  expect(await turn).toMatchObject({ cut: null, result: { result: 'ok' } });
});

test('of several questions at once the last answer lets the clocks go on, and each counts once', async () => {
  const { clock, runner, run } = begin();
  const turn = run();
  runner.responded();
  const one = runner.hold();
  const two = runner.hold();
  one();
  one();
  clock.advance(HOUR);
  two();
  clock.advance(LIMITS.inactivityMs - 1);
  runner.alive();
  clock.advance(LIMITS.inactivityMs);
  expect(await turn).toMatchObject({ cut: 'inactive' });
});

test('signs of life while a person is asked do not start a clock', async () => {
  const { clock, runner, run, end } = begin();
  const turn = run();
  runner.responded();
  const goOn = runner.hold();
  runner.alive();
  clock.advance(HOUR);
  goOn();
  end();
  expect(await turn).toMatchObject({ cut: null });
});

test('a message ends the turn, and only one that is under way', async () => {
  const { runner, run, end } = begin();
  runner.yield();
  const turn = run();
  runner.yield();
  expect(await turn).toMatchObject({ cut: 'message', result: { result: 'interrupted' } });
  const next = run();
  end();
  expect(await next).toMatchObject({ cut: null });
});

test('an agent that does not end its turn for a message was interrupted for good', async () => {
  const clock = createManualClock();
  const runner = createTurnRunner(clock);
  const deaf = { prompt: () => new Promise(() => {}), interrupt: async () => {} } as unknown as AgentSession;
  const turn = runner.run(deaf, 'go', LIMITS, true);
  runner.yield();
  clock.advance(5_000);
  expect(await turn).toMatchObject({ cut: null, result: { result: 'interrupted' } });
});

test('a question from between two turns holds the clocks of the next one', async () => {
  const { clock, runner, run, end } = begin();
  const goOn = runner.hold();
  const turn = run();
  clock.advance(HOUR);
  goOn();
  clock.advance(LIMITS.firstResponseMs - 1);
  runner.responded();
  end();
  expect(await turn).toMatchObject({ cut: null });
});

test('without a question the clocks run out', async () => {
  const { clock, runner, run } = begin();
  const turn = run();
  runner.hold()();
  clock.advance(LIMITS.firstResponseMs);
  expect(await turn).toMatchObject({ cut: 'no-first-response' });
});
