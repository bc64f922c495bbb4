import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { claudeProgram } from '../../../../../test/support/claude.ts';
import { type ClaudeBench, createClaudeBench } from '../../../../../test/support/claude-session.ts';
import type { RequestFacts } from '../../../../../test/support/scripted-api/facts.ts';
import { always, type Scenario, type Step, script } from '../../../../../test/support/scripted-api/scenario.ts';
import { until } from '../../../../../test/support/until.ts';
import type { ProgramInTerminal } from '../../../process/program-in-terminal.ts';
import type { ToolAnswer } from '../../backend.ts';
import { terminalArguments, terminalEnvironment } from './arguments.ts';
import { readState } from './registry.ts';

let bench: ClaudeBench;
afterEach(() => bench.close());

const onPrompt = (word: string, steps: Step[]): Scenario['sessions'][number]['turns'][number] => ({
  when: (facts: RequestFacts) => facts.lastPrompt.includes(word) && facts.toolResults.length === 0,
  times: 'forever',
  steps,
});
const writes = (word: string): Scenario['sessions'][number]['turns'][number] => ({
  ...onPrompt(word, []),
  steps: () => [{ tool: 'Write', input: { file_path: join(bench.workspace, `${word}.txt`), content: 'asked\n' } }],
});
const usedBefore = () => writeFileSync(join(bench.home, '.claude.json'), '{"hasCompletedOnboarding":true}');
/** Without what moves the cursor and colours. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is taken out.
const plain = (text: string) => text.replace(/\x1b(\[[0-9;?>]*[A-Za-z]|\][^\x07]*\x07|.)/g, '');
const written = (word: string) => {
  const file = join(bench.workspace, `${word}.txt`);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
};

test('a person and Drover share one session: both see its dialogs, the first answer counts, and nothing typed is lost', async () => {
  bench = await createClaudeBench(
    script(
      ...['ALPHA', 'BRAVO', 'CHARLIE', 'DELTA'].map(writes),
      onPrompt('ENDLESS', [{ text: 'On and on,\nand on' }, { stall: true }]),
      always('You said: {{lastPrompt}}'),
    ),
  );
  usedBefore();
  let terminal: ProgramInTerminal | null = null;
  /** What it has printed since the last prompt. */
  let printed = '';
  let answer: (given: ToolAnswer) => void = () => {};
  const { session, recorded } = await bench.open({
    terminal(opened) {
      terminal = opened;
      opened.onData((bytes) => {
        printed += Buffer.from(bytes).toString('latin1');
      });
    },
    ask: (question) => {
      question.asksPerson?.();
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
  });
  const type = (keys: string) => terminal?.write(keys);
  const state = () => readState(bench.env, recorded.identity?.pid ?? 0)?.status;
  const prompt = (text: string) => {
    printed = '';
    return session.prompt(text);
  };
  /** On the screen: what is typed before is a draft, and no dialog comes up while a person types one. */
  const dialog = () => until(() => state() === 'waiting' && /Do\S* ?you\S* ?want/.test(plain(printed)), 'its dialog');
  /** A dialog does not mind keys in its first moments. */
  const press = (key: string) =>
    until(
      async () => {
        if (state() === 'waiting') type(key);
        await sleep(1000);
        return state() !== 'waiting';
      },
      `the end of its dialog by ${JSON.stringify(key)}`,
    );
  const reason = () => recorded.questions.at(-1)?.signal.reason;

  // Whatever is in a prompt, the model gets exactly that.
  const odd = '/cost is no command here\n\ttab, @a.txt, !ls\n- [ ] item\nends with \\';
  expect((await session.prompt(odd)).result).toBe('ok');
  expect(recorded.texts().at(-1)).toBe(`You said: ${odd}`);

  // Answered in the terminal.
  let turn = prompt('ALPHA');
  await dialog();
  expect(written('ALPHA')).toBeNull();
  await press('1');
  expect(await turn).toMatchObject({ result: 'ok' });
  expect([written('ALPHA'), reason()]).toEqual(['asked\n', 'allowed']);

  // Answered elsewhere, with a change.
  turn = prompt('BRAVO');
  await dialog();
  answer({ decision: 'allow', input: { file_path: join(bench.workspace, 'BRAVO.txt'), content: 'changed\n' } });
  expect(await turn).toMatchObject({ result: 'ok' });
  expect([written('BRAVO'), reason()]).toEqual(['changed\n', undefined]);
  expect(state()).toBe('idle');

  // Refused elsewhere: the agent hears of it, and continues.
  turn = prompt('DELTA');
  await dialog();
  answer({ decision: 'deny', words: 'Not today.' });
  expect(await turn).toMatchObject({ result: 'ok' });
  expect(written('DELTA')).toBeNull();
  expect(recorded.entries.findLast((entry) => entry.type === 'tool-settled')).toMatchObject({
    ok: false,
    output: expect.stringContaining('Not today.'),
  });

  // Refused in the terminal, which ends the turn.
  turn = prompt('CHARLIE');
  await dialog();
  await press('\x1b');
  expect(await turn).toMatchObject({ result: 'interrupted' });
  expect([written('CHARLIE'), reason()]).toEqual([null, 'denied']);

  // What a person types is an entry, and what they have not sent yet does not get into a prompt.
  const said = recorded.texts().length;
  type('\x15hello from me\r');
  await recorded.until(() => recorded.entries.some((entry) => entry.type === 'typed'));
  expect(recorded.entries.findLast((entry) => entry.type === 'typed')).toMatchObject({ text: 'hello from me' });
  await recorded.until(() => recorded.texts().length > said);
  await until(() => state() === 'idle', 'the end of their turn');
  type('half typed');
  expect(await session.prompt('PLAIN')).toMatchObject({ result: 'ok' });
  expect(recorded.texts().at(-1)).toBe('You said: PLAIN');

  turn = prompt('ENDLESS');
  await recorded.until(() => recorded.deltas.some(({ text }) => text.includes('On and on')));
  await session.interrupt();
  expect(await turn).toMatchObject({ result: 'interrupted' });
  expect(recorded.unasked).toEqual([]);
  // Nothing was approved or trusted for good.
  const kept = JSON.parse(readFileSync(join(bench.home, '.claude.json'), 'utf8'));
  expect(kept.customApiKeyResponses).toBeUndefined();
  expect(
    Object.values<{ hasTrustDialogAccepted?: boolean }>(kept.projects ?? {}).some((one) => one.hasTrustDialogAccepted),
  ).toBe(false);
});

test('without Drover to ask, nothing is carried out, whatever the settings of the user allow', async () => {
  bench = await createClaudeBench(
    script(
      { steps: () => [{ tool: 'Bash', input: { command: 'touch ran.txt' } }] },
      always('Result: {{lastToolResult}}'),
    ),
  );
  await mkdir(join(bench.home, '.claude'));
  writeFileSync(join(bench.home, '.claude', 'settings.json'), '{"permissions":{"allow":["Bash"]}}');
  // Nobody listens there.
  const bridge = { token: 'none', hookUrl: 'http://127.0.0.1:9/hook', promptsUrl: 'http://127.0.0.1:9/prompts' };
  const options = {
    sessionId: crypto.randomUUID(),
    resume: false,
    model: null,
    effort: null,
    autonomy: 'auto',
    trusted: false,
  } as const;
  const args = terminalArguments({ ...options, toolsUrl: bench.tools.url }, bridge, true);
  const running = promisify(execFile)(await claudeProgram(), ['--print', ...args], {
    cwd: bench.workspace,
    env: terminalEnvironment(bench.env, bridge),
  });
  running.child.stdin?.end('Run it.');
  const answer = await running;
  expect(answer.stdout).toContain('Result: ');
  expect(existsSync(join(bench.workspace, 'ran.txt'))).toBe(false);
});

test('it does not come up where the program would ask how it should look first', async () => {
  bench = await createClaudeBench(script(always('Hello.')));
  await expect(bench.open({ terminal: () => {} })).rejects.toMatchObject({
    code: 'failed',
    message: expect.stringContaining('never been used in a terminal'),
  });
});
