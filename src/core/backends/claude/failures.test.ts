import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type ClaudeBench, createClaudeBench, processesOf } from '../../../../test/support/claude-session.ts';
import { always, script } from '../../../../test/support/scripted-api/scenario.ts';

let bench: ClaudeBench;
afterEach(() => bench.close());

const noRetries = { extra: { CLAUDE_CODE_MAX_RETRIES: '0' } };

test('every HTTP status has its class and words, and the session goes on', async () => {
  const statuses = [
    [401, 'permanent', 'not-authorized', /refused the login or key/],
    [403, 'permanent', 'not-authorized', /refused the login or key/],
    [400, 'permanent', 'invalid-request', /HTTP status 400/],
    [404, 'permanent', 'model-not-found', /does not exist/],
    [413, 'permanent', 'context-full', /too large/],
    [429, 'transient', 'rate-limited', /limits how much/],
    [500, 'transient', 'server-error', /HTTP status 500/],
    [529, 'transient', 'overloaded', /overloaded/],
  ] as const;
  const failing = statuses.map(([status]) => ({
    when: { lastPrompt: new RegExp(`get ${status}`) },
    times: 'forever' as const,
    error: { status },
  }));
  bench = await createClaudeBench(script(...failing, always('Back.')), noRetries);
  const { session, recorded } = await bench.open();
  for (const [status, kind, code, words] of statuses) {
    const { result, error } = await session.prompt(`get ${status}`);
    expect({ status, result, error }).toMatchObject({ status, result: 'error', error: { class: kind, code } });
    expect(error?.words).toMatch(words);
    if (kind === 'permanent') expect(error?.hint, `${status}`).toBeTruthy();
    expect(await session.prompt('again'), `after ${status}`).toMatchObject({ result: 'ok' });
    expect(recorded.texts().at(-1)).toBe('Back.');
  }
});

test('no credit', async () => {
  const message = 'Your credit balance is too low to access the Anthropic API.';
  bench = await createClaudeBench(script({ error: { status: 400, message } }), noRetries);
  const { session } = await bench.open();
  expect((await session.prompt('go')).error).toMatchObject({ class: 'permanent', code: 'no-credit' });
});

test('an overloaded service that recovers is a notice, not an error', async () => {
  bench = await createClaudeBench(script({ error: { status: 529 } }, always('Back.')));
  const { session, recorded } = await bench.open();
  expect(await session.prompt('go')).toMatchObject({ result: 'ok', error: null });
  expect(recorded.notices()).toContain('api-retry');
  expect(recorded.texts()).toEqual(['Back.']);
});

test('a refused connection is transient', async () => {
  bench = await createClaudeBench(script(), noRetries);
  const { session } = await bench.open({ env: { ANTHROPIC_BASE_URL: `http://127.0.0.1:${await closedPort()}` } });
  const result = await session.prompt('go');
  expect(result.error).toMatchObject({ class: 'transient', code: 'network' });
  expect(result.error?.words).toMatch(/could not be reached/);
});

test('a connection cut before any answer is transient', async () => {
  bench = await createClaudeBench(script({ cut: true, times: 'forever' }), noRetries);
  const { session } = await bench.open();
  expect((await session.prompt('go')).error).toMatchObject({ class: 'transient', code: 'network' });
});

test('a stream cut in the middle of a text is taken up again by the program', async () => {
  bench = await createClaudeBench(script([{ text: 'The first half' }, { cut: true }], always('and the second.')));
  const { session, recorded } = await bench.open();
  expect(await session.prompt('go')).toMatchObject({ result: 'ok' });
  expect(recorded.texts().at(-1)).toBe('and the second.');
});

test('an error in the stream is taken up again by the program', async () => {
  const streamError = { type: 'overloaded_error', message: 'Overloaded' };
  bench = await createClaudeBench(script([{ text: 'The first half' }, { streamError }], always('and the second.')));
  const { session, recorded } = await bench.open();
  expect(await session.prompt('go')).toMatchObject({ result: 'ok' });
  expect(recorded.texts().at(-1)).toBe('and the second.');
});

test('not logged in', async () => {
  bench = await createClaudeBench(script(always('Never.')));
  const { session } = await bench.open({ env: { ANTHROPIC_API_KEY: '' } });
  const { error } = await session.prompt('go');
  expect(error).toMatchObject({ class: 'permanent', code: 'not-logged-in' });
  expect(error?.hint).toContain('log in');
  expect(bench.api.requests).toEqual([]);
});

test('a silent service: an interrupt settles the turn and the next prompt is answered', async () => {
  bench = await createClaudeBench(script([{ text: 'Working on it' }, { stall: true }], always('Back.')));
  const { session, recorded } = await bench.open();
  const turn = session.prompt('go');
  await recorded.until(() => recorded.deltas.length > 0);
  await session.interrupt();
  expect(await turn).toMatchObject({ result: 'interrupted', error: null });
  expect(await session.prompt('again')).toMatchObject({ result: 'ok' });
  expect(recorded.texts().at(-1)).toBe('Back.');
});

test('a program killed in the middle of a turn is a crash with words, and can be resumed', async () => {
  bench = await createClaudeBench(
    script([{ text: 'One.' }], [{ text: 'Working on it' }, { stall: true }], always('Back.')),
  );
  const { session, recorded, marker } = await bench.open();
  await session.prompt('the first prompt');
  const turn = session.prompt('the second');
  await recorded.until(() => recorded.deltas.length > 1);
  const pid = recorded.identity?.pid;
  if (pid) process.kill(pid, 'SIGKILL');
  const { result, error } = await turn;
  expect(result).toBe('error');
  expect(error).toMatchObject({ class: 'crash', words: 'Claude Code ended by signal SIGKILL.' });
  expect((await session.ended).words).toBe('Claude Code ended by signal SIGKILL.');
  expect(await session.prompt('still there?')).toMatchObject({ result: 'error', error: { class: 'crash' } });
  await session.close(1_000);
  expect(processesOf(marker)).toEqual([]);

  const sessionId = recorded.sessions[0]?.id;
  const next = await bench.open({ sessionId, resume: true });
  expect(await next.session.prompt('go on')).toMatchObject({ result: 'ok' });
  expect(bench.api.requests.at(-1)?.prompt).toContain('the first prompt');
});

test('close in the middle of a turn settles it as interrupted and leaves nothing', async () => {
  bench = await createClaudeBench(
    script({ steps: [{ tool: 'Bash', input: { command: 'tail -f /dev/null' } }] }, always('Never.')),
  );
  const { session, recorded, marker } = await bench.open();
  const turn = session.prompt('go');
  await recorded.until(() => recorded.questions.length > 0);
  await Promise.all([session.close(5_000), session.close(5_000)]);
  expect(await turn).toMatchObject({ result: 'interrupted' });
  expect(processesOf(marker)).toEqual([]);
});

test('a model that refuses an effort or an invalid option is told at the start', async () => {
  bench = await createClaudeBench(script(always('Fine.')));
  await expect(bench.open({ sessionId: 'not-a-uuid' })).rejects.toMatchObject({ code: 'failed', message: /session/i });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
