import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type ClaudeBench, createClaudeBench, processesOf } from '../../../../test/support/claude-session.ts';
import { always, type Scenario, type Step, script } from '../../../../test/support/scripted-api/scenario.ts';
import type { ToolAnswer } from '../backend.ts';

let bench: ClaudeBench;
afterEach(() => bench.close());

const path = (name: string) => join(bench.workspace, name);
const write = (name: string): Step => ({ tool: 'Write', input: { file_path: path(name), content: 'x\n' } });

/** The given calls in one message, then what came of them. */
const calls = (steps: () => Step[]): Scenario => script({ steps }, always('It came to: {{lastToolResult}}'));

test('a denied call is not made, and the words reach the model', async () => {
  bench = await createClaudeBench(calls(() => [write('a.txt')]));
  const { session, recorded } = await bench.open({ ask: () => ({ decision: 'deny', words: 'Not on a Friday.' }) });
  expect(await session.prompt('go')).toMatchObject({ result: 'ok' });
  expect(existsSync(path('a.txt'))).toBe(false);
  expect(recorded.texts().at(-1)).toContain('Not on a Friday.');
  expect(recorded.entries.find((entry) => entry.type === 'tool-settled')).toMatchObject({ ok: false });
});

test('no answer is no permission: a rejected promise and a malformed answer deny', async () => {
  bench = await createClaudeBench(calls(() => [write('a.txt'), write('b.txt')]));
  const { session, recorded } = await bench.open({
    ask: (question) => {
      if (question.input.file_path === path('a.txt')) throw new Error('The approval channel is gone.');
      return { decision: 'yes please' } as unknown as ToolAnswer;
    },
  });
  expect(await session.prompt('go')).toMatchObject({ result: 'ok' });
  expect(existsSync(path('a.txt')) || existsSync(path('b.txt'))).toBe(false);
  expect(recorded.texts().at(-1)).toContain('Nobody could be asked');
});

test('an answer can change the input', async () => {
  bench = await createClaudeBench(calls(() => [write('a.txt')]));
  const { session } = await bench.open({
    ask: ({ input }) => ({ decision: 'allow', input: { ...input, content: 'changed\n' } }),
  });
  await session.prompt('go');
  expect(await readFile(path('a.txt'), 'utf8')).toBe('changed\n');
});

test('deny and stop ends the turn', async () => {
  bench = await createClaudeBench(calls(() => [write('a.txt')]));
  const { session } = await bench.open({ ask: () => ({ decision: 'deny', words: 'Stop.', stop: true }) });
  expect(await session.prompt('go')).toMatchObject({ result: 'interrupted', error: null });
  expect(bench.api.requests).toHaveLength(1);
});

test('an interrupt withdraws the question', async () => {
  bench = await createClaudeBench(calls(() => [write('a.txt')]));
  let withdrawn = false;
  const { session, recorded } = await bench.open({
    ask: ({ signal }) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          withdrawn = true;
          resolve({ decision: 'allow' });
        });
      }),
  });
  const turn = session.prompt('go');
  await recorded.until(() => recorded.questions.length > 0);
  await session.interrupt();
  expect(await turn).toMatchObject({ result: 'interrupted' });
  expect(withdrawn).toBe(true);
  expect(existsSync(path('a.txt'))).toBe(false);
});

test('rules and a mode in the settings of the user do not get past our channel', async () => {
  bench = await createClaudeBench(
    calls(() => [
      write('a.txt'),
      { tool: 'Bash', input: { command: 'touch b.txt' } },
      { tool: 'Read', input: { file_path: path('seen.txt') } },
      { tool: 'Edit', input: { file_path: path('seen.txt'), old_string: 'seen', new_string: 'changed' } },
    ]),
  );
  await mkdir(join(bench.home, '.claude'));
  const permissions = { allow: ['Bash', 'Write', 'Edit', 'Edit(//**)', 'Bash(touch:*)'], defaultMode: 'acceptEdits' };
  await writeFile(join(bench.home, '.claude', 'settings.json'), JSON.stringify({ permissions }));
  await writeFile(path('seen.txt'), 'seen\n');
  const { session, recorded } = await bench.open({
    ask: ({ call }) => (call.title === 'Read' ? { decision: 'allow' } : { decision: 'deny', words: 'No.' }),
  });
  await session.prompt('go');
  expect(recorded.questions.map((question) => question.call.title).sort()).toEqual(['Bash', 'Edit', 'Read', 'Write']);
  expect(existsSync(path('a.txt')) || existsSync(path('b.txt'))).toBe(false);
  expect(await readFile(path('seen.txt'), 'utf8')).toBe('seen\n');
});

test('plan mode asks for commands and edits whatever the user allows, and for its plan', async () => {
  bench = await createClaudeBench(
    script(
      { steps: () => [write('a.txt'), { tool: 'Bash', input: { command: 'touch b.txt' } }] },
      { steps: [{ tool: 'ExitPlanMode', input: {} }] },
      always('It came to: {{lastToolResult}}'),
    ),
  );
  await mkdir(join(bench.home, '.claude'));
  const permissions = { allow: ['Bash', 'Write', 'Edit(//**)'] };
  await writeFile(join(bench.home, '.claude', 'settings.json'), JSON.stringify({ permissions }));
  const { session, recorded } = await bench.open({
    autonomy: 'plan',
    ask: () => ({ decision: 'deny', words: 'Keep planning.' }),
  });
  expect(await session.prompt('go')).toMatchObject({ result: 'ok' });
  expect(recorded.questions.map((question) => question.call.title)).toEqual(['Write', 'Bash', 'ExitPlanMode']);
  expect(existsSync(path('a.txt')) || existsSync(path('b.txt'))).toBe(false);
  expect(recorded.texts().at(-1)).toContain('Keep planning.');
});

test('after its plan is approved, edits are asked for whatever the user allows', async () => {
  bench = await createClaudeBench(
    script(
      { steps: [{ tool: 'ExitPlanMode', input: {} }] },
      { steps: () => [write('a.txt')] },
      always('It came to: {{lastToolResult}}'),
    ),
  );
  await mkdir(join(bench.home, '.claude'));
  const permissions = { allow: ['Bash', 'Write', 'Edit(//**)'], defaultMode: 'acceptEdits' };
  await writeFile(join(bench.home, '.claude', 'settings.json'), JSON.stringify({ permissions }));
  const { session, recorded } = await bench.open({
    autonomy: 'plan',
    ask: ({ call }) => (call.title === 'ExitPlanMode' ? { decision: 'allow' } : { decision: 'deny', words: 'No.' }),
  });
  await session.prompt('go');
  expect(recorded.questions.map((question) => question.call.title)).toEqual(['ExitPlanMode', 'Write']);
  expect(existsSync(path('a.txt'))).toBe(false);
  expect(existsSync(join(bench.workspace, '.claude'))).toBe(false);
});

test('a question of the agent comes as a question, and its answer goes back', async () => {
  const questions = [
    {
      question: 'Which colour?',
      header: 'Colour',
      multiSelect: false,
      options: [
        { label: 'Red', description: 'r' },
        { label: 'Blue', description: 'b' },
      ],
    },
  ];
  bench = await createClaudeBench(calls(() => [{ tool: 'AskUserQuestion', input: { questions } }]));
  const { session, recorded } = await bench.open({
    ask: () => ({ decision: 'allow', answers: { 'Which colour?': 'Blue' } }),
  });
  await session.prompt('go');
  expect(recorded.questions).toMatchObject([{ call: { title: 'AskUserQuestion' }, input: { questions } }]);
  expect(recorded.texts().at(-1)).toContain('Blue');
});

test('an interrupt ends a running command, and the session goes on', async () => {
  bench = await createClaudeBench(
    script({ steps: [{ tool: 'Bash', input: { command: 'touch begun; tail -f /dev/null' } }] }, always('Back.')),
  );
  const { session, recorded, marker } = await bench.open();
  const turn = session.prompt('go');
  await recorded.until(() => recorded.questions.length > 0);
  while (!existsSync(path('begun'))) await new Promise((resolve) => setImmediate(resolve));
  await session.interrupt();
  expect(await turn).toMatchObject({ result: 'interrupted', error: null });
  expect(recorded.entries.filter((entry) => entry.type === 'tool-settled')).toHaveLength(1);
  expect(await session.prompt('and now?')).toMatchObject({ result: 'ok' });
  expect(recorded.texts()).toEqual(['Back.']);
  await session.close(5_000);
  expect(processesOf(marker)).toEqual([]);
});

test('an interrupt right after the prompt, and one without a turn', async () => {
  bench = await createClaudeBench(script({ times: 'forever', steps: [{ stall: true }] }));
  const { session } = await bench.open();
  await session.interrupt();
  const turn = session.prompt('go');
  await session.interrupt();
  expect(await turn).toMatchObject({ result: 'interrupted' });
});
