import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type ClaudeBench, createClaudeBench, processesOf, runs } from '../../../../test/support/claude-session.ts';
import { png } from '../../../../test/support/png.ts';
import { always, type Scenario, script } from '../../../../test/support/scripted-api/scenario.ts';

let bench: ClaudeBench;
afterEach(() => bench.close());

/** Writes `file` into the workspace, then says what came of it. */
const writes = (file: string, content = 'hello\n'): Scenario =>
  script(
    {
      steps: () => [
        { text: 'Writing.' },
        { tool: 'Write', input: { file_path: join(bench.workspace, file), content } },
      ],
    },
    { when: { toolResultError: true }, steps: [{ text: 'Refused: {{lastToolResult}}' }] },
    always('Done.'),
  );

test('a turn writes a file and reports words, the call with its result, tokens and cost', async () => {
  bench = await createClaudeBench(writes('hello.txt'));
  const sessionId = randomUUID();
  const { session, recorded, marker } = await bench.open({ sessionId });
  expect(runs(recorded.identity)).toBe(true);

  const result = await session.prompt('Write hello.txt');

  expect(result).toMatchObject({ result: 'ok', error: null, retryAfterMs: null });
  expect(result.usage).toEqual({ inputTokens: 200, outputTokens: 40, cacheReadTokens: 0, cacheWriteTokens: 0 });
  expect(result.costUsd).toBeGreaterThan(0);
  expect(await readFile(join(bench.workspace, 'hello.txt'), 'utf8')).toBe('hello\n');
  expect(recorded.sessions).toEqual([{ id: sessionId, model: expect.stringContaining('claude') }]);
  expect(recorded.texts()).toEqual(['Writing.', 'Done.']);
  const called = recorded.entries.find((entry) => entry.type === 'tool-called');
  expect(called).toMatchObject({ call: { kind: 'write', title: 'Write' }, parent: null });
  const settled = recorded.entries.find((entry) => entry.type === 'tool-settled');
  expect(settled).toMatchObject({ callId: called?.callId, ok: true, output: expect.stringContaining('hello.txt') });
  expect(recorded.questions).toMatchObject([
    { call: { title: 'Write' }, callId: called?.callId, input: { content: 'hello\n' } },
  ]);
  const streamed = recorded.deltas.map((delta) => delta.text).join('');
  expect(streamed).toBe('Writing.Done.');
  const ids = recorded.entries.flatMap((entry) => (entry.type === 'text' ? [entry.entryId] : []));
  expect(new Set(recorded.deltas.map((delta) => delta.entryId))).toEqual(new Set(ids));

  await session.close(5_000);
  expect((await session.ended).words).toContain('exit code 0');
  expect(processesOf(marker)).toEqual([]);
});

test('images reach the model as images, in the order given', async () => {
  bench = await createClaudeBench(script(always('Seen.')));
  const { session } = await bench.open();
  const [one, other] = [png(20, 10), png(5, 5)];
  const images = [one, other].map((content) => ({ type: 'image/png', base64: content.toString('base64') }));
  expect(await session.prompt('Look at these.', images)).toMatchObject({ result: 'ok' });
  const request = bench.api.requests.at(-1);
  expect(request?.texts.map(({ text }) => text).join('\n')).toContain('Look at these.');
  expect(request?.images).toEqual(images.map(({ type, base64 }) => ({ type, data: base64 })));
});

test('many turns in one process, each with its own tokens; the second knows the first', async () => {
  bench = await createClaudeBench(script(always('You said: {{lastPrompt}}')));
  const { session, recorded } = await bench.open();
  const first = await session.prompt('one');
  const second = await session.prompt('two');
  expect(recorded.texts()).toEqual(['You said: one', 'You said: two']);
  expect([first.usage.inputTokens, second.usage.inputTokens]).toEqual([100, 100]);
  expect(second.costUsd).toBeCloseTo(first.costUsd, 10);
  expect(bench.api.requests.at(-1)?.texts.map((entry) => entry.text)).toEqual(
    expect.arrayContaining([expect.stringContaining('one'), 'You said: one', expect.stringContaining('two')]),
  );
  expect(recorded.sessions).toHaveLength(1);
});

test('a resumed session remembers, and what it had cost before is not counted again', async () => {
  bench = await createClaudeBench(script(always('You said: {{lastPrompt}}')));
  const sessionId = randomUUID();
  const before = await bench.open({ sessionId });
  const first = await before.session.prompt('the word is heron');
  await before.session.close(5_000);

  const after = await bench.open({ sessionId, resume: true });
  const second = await after.session.prompt('what was the word?');

  expect(bench.api.requests.at(-1)?.prompt).toContain('the word is heron');
  expect(after.recorded.sessions[0]?.id).toBe(sessionId);
  expect(second.costUsd).toBeCloseTo(first.costUsd, 10);
  expect(second.usage.inputTokens).toBe(100);
});

test.skipIf(process.platform !== 'linux')(
  'neither the prompt nor the token is in the arguments of the process',
  async () => {
    bench = await createClaudeBench(script(always('Fine.')));
    const { session, recorded } = await bench.open();
    await session.prompt('a private goal with $(date) and "quotes"\n--and-dashes');
    const line = readFileSync(`/proc/${recorded.identity?.pid}/cmdline`, 'utf8');
    expect(line).toContain('--permission-mode=default');
    expect(line).not.toContain(bench.tools.token);
    expect(line).not.toMatch(/private goal|sk-test-dummy/);
    expect(bench.api.requests.at(-1)?.lastPrompt).toContain('a private goal with $(date) and "quotes"\n--and-dashes');
  },
);

test('model and effort reach the model', async () => {
  bench = await createClaudeBench(script(always('Fine.')));
  const { session, recorded } = await bench.open({ model: 'haiku', effort: 'low' });
  expect(await session.prompt('hello')).toMatchObject({ result: 'ok' });
  expect(recorded.sessions[0]?.model).toContain('haiku');
  expect(bench.api.requests.at(-1)?.model).toContain('haiku');
});

test('a line of 5 MB arrives whole', async () => {
  bench = await createClaudeBench(script({ steps: [{ text: 'abcdefghi ', size: 5_000_000, chunk: 500_000 }] }));
  const { session, recorded } = await bench.open();
  expect(await session.prompt('say much')).toMatchObject({ result: 'ok' });
  expect(recorded.texts().map((text) => text.length)).toEqual([5_000_000]);
});

test('the words and calls of a subagent carry the call they belong to', async () => {
  const input = {
    description: 'part',
    prompt: 'Do your part',
    subagent_type: 'general-purpose',
    run_in_background: false,
  };
  bench = await createClaudeBench({
    sessions: [
      {
        name: 'sub',
        match: { isSubagent: true },
        turns: [{ steps: [{ tool: 'Bash', input: { command: 'echo inner' } }] }, always('Part done.')],
      },
      { name: 'main', turns: [{ steps: [{ tool: 'Agent', input, id: 'toolu_agent' }] }, always('All done.')] },
    ],
  });
  const { session, recorded } = await bench.open();
  expect(await session.prompt('go')).toMatchObject({ result: 'ok' });
  const calls = recorded.entries.filter((entry) => entry.type === 'tool-called');
  expect(calls).toMatchObject([
    { call: { kind: 'subagent', title: 'Agent' }, callId: 'toolu_agent', parent: null },
    { call: { kind: 'command', title: 'Bash' }, parent: 'toolu_agent' },
  ]);
  expect(recorded.texts().at(-1)).toBe('All done.');
});

test('a session that does not exist is refused with the reason', async () => {
  bench = await createClaudeBench(script(always('Never.')));
  const opening = bench.open({ resume: true });
  await expect(opening).rejects.toMatchObject({ name: 'BackendFailure', code: 'session-unknown' });
  await expect(opening).rejects.toThrow('no longer knows the session');
  expect(bench.api.requests).toEqual([]);
});

test('a session id that is taken is refused', async () => {
  bench = await createClaudeBench(script(always('Fine.')));
  const sessionId = randomUUID();
  const { session } = await bench.open({ sessionId });
  await session.prompt('hello');
  await session.close(5_000);
  await expect(bench.open({ sessionId })).rejects.toMatchObject({ code: 'failed', message: /already in use/ });
});
