import { expect, test } from 'vitest';
import { createClock } from '../../base/clock.ts';
import { silentLogger } from '../../base/logger.ts';
import type { ToolAnswer, ToolQuestion } from '../backend.ts';
import { createGate } from './gate.ts';
import type { Json } from './protocol.ts';

/** A gate behind which a person gives `answer` to everything. */
function gateWith(answer: ToolAnswer) {
  const asked: ToolQuestion[] = [];
  const gate = createGate({
    ask: async (question) => {
      asked.push(question);
      return answer;
    },
    unasked: () => false,
    breached: () => {},
    isOwnFile: () => false,
    interrupt: () => {},
    clock: createClock(),
    logger: silentLogger,
  });
  return {
    asked,
    hook: async (tool: string, input: Json) =>
      (await gate.before('h1', { tool_name: tool, tool_input: input, tool_use_id: 't1' })).hookSpecificOutput as Json,
    request: (tool: string, input: Json) => gate.asked('r1', { tool_name: tool, input, tool_use_id: 't1' }),
  };
}

test('a changed plan is given where the program takes it: in answer to its own request, and nobody is asked twice', async () => {
  const { asked, hook, request } = gateWith({ decision: 'allow', input: { plan: 'theirs' }, autonomy: 'edit' });
  const plan = { plan: 'first', planFilePath: '/plans/a.md' };
  const before = await hook('ExitPlanMode', plan);
  expect(before.permissionDecision).toBe('allow');
  // With an input of ours, the program would not ask, and go on with the plan in its file.
  expect(before).not.toHaveProperty('updatedInput');
  expect(await request('ExitPlanMode', plan)).toMatchObject({ behavior: 'allow', updatedInput: { plan: 'theirs' } });
  expect(asked).toHaveLength(1);
});

test('an unchanged plan goes on as it is', async () => {
  const { hook, request } = gateWith({ decision: 'allow' });
  const plan = { plan: 'first' };
  expect(await hook('ExitPlanMode', plan)).not.toHaveProperty('updatedInput');
  expect(await request('ExitPlanMode', plan)).toMatchObject({ behavior: 'allow', updatedInput: plan });
});

test('another changed input goes with the hook, and counts when the program asks with either', async () => {
  const { asked, hook, request } = gateWith({ decision: 'allow', input: { command: 'ls -l' } });
  expect(await hook('Bash', { command: 'ls' })).toMatchObject({ updatedInput: { command: 'ls -l' } });
  for (const command of ['ls', 'ls -l']) {
    expect(await request('Bash', { command })).toEqual({ behavior: 'allow', updatedInput: { command: 'ls -l' } });
  }
  expect(asked).toHaveLength(1);
});

test('a plan that the program asks about as another one is asked about again', async () => {
  const { asked, hook, request } = gateWith({ decision: 'allow' });
  await hook('ExitPlanMode', { plan: 'first' });
  await request('ExitPlanMode', { plan: 'second' });
  expect(asked.map(({ input }) => input)).toEqual([{ plan: 'first' }, { plan: 'second' }]);
});

test('beside a dialog of the program, one question stays open: the first answer counts', async () => {
  let answer: (given: ToolAnswer) => void = () => {};
  const asked: ToolQuestion[] = [];
  const gate = createGate({
    ask(question) {
      asked.push(question);
      question.asksPerson?.();
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
    unasked: () => false,
    breached: () => {},
    isOwnFile: () => false,
    interrupt: () => {},
    dialogs: true,
    clock: createClock(),
    logger: silentLogger,
  });
  const hook = (id: string, input: Json) =>
    gate.before(`h-${id}`, { tool_name: 'Bash', tool_input: input, tool_use_id: id });
  const said = { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'ask' } };

  expect(await hook('t1', { command: 'ls' })).toEqual(said);
  const dialog = gate.asked('d1', { tool_name: 'Bash', input: { command: 'ls' }, tool_use_id: 't1' });
  expect([gate.callOfDialog('Bash', { command: 'ls' }), gate.callOfDialog('Bash', {}), gate.isOpen('t1')]).toEqual([
    't1',
    null,
    true,
  ]);
  answer({ decision: 'deny', words: 'No.' });
  expect(await dialog).toEqual({ behavior: 'deny', message: 'No.' });
  // The dialog comes after the answer: nobody is asked twice.
  expect(await gate.asked('d2', { tool_name: 'Bash', input: { command: 'ls' }, tool_use_id: 't1' })).toEqual({
    behavior: 'deny',
    message: 'No.',
  });

  expect(await hook('t2', { command: 'pwd' })).toEqual(said);
  gate.answeredThere('t2', 'allowed');
  expect([asked.length, asked[1]?.signal.reason, gate.isOpen('t2')]).toEqual([2, 'allowed', false]);
});
