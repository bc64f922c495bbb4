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
