import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type ClaudeBench,
  createClaudeBench,
  processesOf,
  type Recorded,
} from '../../../../test/support/claude-session.ts';
import { script } from '../../../../test/support/scripted-api/scenario.ts';
import { createTempFolder } from '../../../../test/support/temp.ts';
import type { AgentSession } from '../backend.ts';

const SOURCE = fileURLToPath(new URL('../../../../test/support/mischievous-claude.mjs', import.meta.url));
let folder: Awaited<ReturnType<typeof createTempFolder>>;
let bench: ClaudeBench;

beforeEach(async () => {
  folder = await createTempFolder();
  const program = join(folder.path, 'bin', 'claude');
  await mkdir(join(folder.path, 'bin'));
  // Not `#!<node>`: that line cannot name a path with a space.
  await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${SOURCE}' "$@"\n`);
  await chmod(program, 0o755);
  bench = await createClaudeBench(script(), { program });
});
afterEach(async () => {
  await bench.close();
  await folder.remove();
});

const mischief = (start: string) => ({ env: { DROVER_TEST_MISCHIEF: start } });
const codes = (recorded: Recorded) => recorded.notices();

async function opened(): Promise<{ session: AgentSession; recorded: Recorded; marker: string }> {
  return bench.open();
}

test('lines that are no messages, and messages nobody knows, change nothing', async () => {
  const { session, recorded } = await opened();
  const result = await session.prompt('garbage');
  expect(result).toMatchObject({ result: 'ok', costUsd: 0, usage: { inputTokens: 0 } });
  expect(recorded.texts()).toEqual(['Still here.']);
});

test('lines may be cut anywhere, inside characters too', async () => {
  const { session, recorded } = await opened();
  expect(await session.prompt('split')).toMatchObject({ result: 'ok' });
  expect(recorded.texts()).toEqual(['Grüße 🦆 from 東京']);
});

test('a flood of 300 MB leaves no memory behind', async () => {
  const { session } = await opened();
  const before = process.memoryUsage().rss;
  expect(await session.prompt('flood')).toMatchObject({ result: 'ok' });
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
});

test('a result too long to be read does not hang the turn', async () => {
  const { session, recorded } = await opened();
  expect(await session.prompt('long-line')).toMatchObject({ result: 'ok', error: null });
  expect(codes(recorded)).toEqual(['line-too-long', 'result-unreadable']);
});

test('a result for another prompt is not taken for ours', async () => {
  const { session, recorded } = await opened();
  expect(await session.prompt('foreign')).toMatchObject({ result: 'ok', error: null });
  expect(recorded.texts()).toEqual(['Ours.']);
});

test('a program that dies says how, and its open call is settled', async () => {
  const { session, recorded } = await opened();
  const { error } = await session.prompt('die');
  expect(error).toMatchObject({ class: 'crash', words: 'Claude Code ended with exit code 139: Segmentation fault' });
  expect(recorded.entries.at(-1)).toMatchObject({ type: 'tool-settled', callId: 'toolu_1', ok: false });
});

test('a control request that is not supported is refused, not left open', async () => {
  const { session, recorded } = await opened();
  expect(await session.prompt('ask')).toMatchObject({ result: 'ok' });
  expect(JSON.parse(recorded.texts()[0] ?? '')).toMatchObject({ subtype: 'error', request_id: 'q1' });
});

test('an interrupt that is not answered still settles the turn, and close ends the program', async () => {
  const { session, recorded, marker } = await opened();
  const turn = session.prompt('mute');
  await recorded.until(() => recorded.texts().length > 0);
  await session.interrupt();
  expect(await turn).toMatchObject({ result: 'interrupted', error: null });
  await session.close(2_000);
  expect(processesOf(marker)).toEqual([]);
});

test('a program in a mode that would not ask us is refused and ended', async () => {
  const marker = 'test-wrong-mode';
  await expect(bench.open({ ...mischief('wrong-mode'), marker })).rejects.toMatchObject({
    code: 'failed',
    message: expect.stringContaining('bypassPermissions'),
  });
  expect(processesOf(marker)).toEqual([]);
});

test('a program that ends at once is told with its words', async () => {
  await expect(bench.open(mischief('exits'))).rejects.toMatchObject({
    code: 'failed',
    message: 'Claude Code ended with exit code 7: The disk is on fire.',
  });
});

describe('a call that was carried out without permission', () => {
  const waits = () => ({ ask: () => new Promise<never>(() => {}) });

  test.each([
    ['runs unasked', false, 'a setting lets it through'],
    ['a hook answers', true, 'a hook has answered in its place'],
    ['a hook answers, and it goes on', true, 'a hook has answered in its place'],
  ])('ends the session, with that as the cause (%s)', async (what, wasAsked, words) => {
    const { session, recorded, marker } = await bench.open(waits());
    const error = { class: 'permanent', code: 'unasked', words: expect.stringContaining(words) };
    expect(await session.prompt(what)).toMatchObject({ result: 'error', error });
    expect(recorded.unasked).toMatchObject([{ callId: 'toolu_1', call: { title: 'Bash' }, wasAsked }]);
    expect(recorded.questions.map(({ signal }) => signal.reason)).toEqual(wasAsked ? ['unasked'] : []);
    await session.ended;
    expect(processesOf(marker)).toEqual([]);
    expect(await session.prompt('garbage')).toMatchObject({ result: 'error', error });
  });

  test('is nothing when it would have passed by itself', async () => {
    const { session, recorded } = await bench.open({ ...waits(), passes: true });
    const turn = session.prompt('runs unasked');
    await recorded.until(() => recorded.unasked.length > 0);
    await session.close(0);
    expect(await turn).toMatchObject({ result: 'interrupted' });
  });

  test('is not what a hook has refused, nor a call that could not be made', async () => {
    const { session, recorded } = await bench.open(waits());
    expect(await session.prompt('a hook refuses')).toMatchObject({ result: 'ok' });
    expect(recorded.questions.map(({ signal }) => signal.reason)).toEqual(['withdrawn']);
    expect(await session.prompt('a bad call')).toMatchObject({ result: 'ok' });
    expect(recorded.unasked).toEqual([]);
  });
});
