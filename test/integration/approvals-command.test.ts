import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Approval, ApprovalDetail } from '../../src/contract/approval/state.ts';
import { createId } from '../../src/core/base/ids.ts';
import { writeEndpoint } from '../../src/host/endpoint-file.ts';
import { approvalsOf, pendingOf } from '../support/approvals.ts';
import { createHost, type TestHost } from '../support/host.ts';
import { runCli, startCli } from '../support/run-cli.ts';

let drover: TestHost;
beforeEach(async () => {
  drover = await createHost();
  const token = 'test-token-of-the-user-0123456789';
  await writeEndpoint(drover.dataFolder, {
    url: drover.address,
    token,
    pid: process.pid,
    startTime: '0',
    version: '0',
  });
});
afterEach(() => drover.remove());

const cli = (...args: string[]) => runCli(args, { dataFolder: drover.dataFolder });

describe('drover approval', () => {
  test('lists, shows and allows', async () => {
    expect((await cli('approval', 'list')).stderr).toBe('No pending approvals.\n');
    const { id } = await drover.create({ goal: 'demo: asks count=1' });
    const asked = await pendingOf(drover, id);
    const list = await cli('approval', 'list');
    expect(list.stdout.split('\n')[1]).toMatch(new RegExp(`^${asked.id}  pending .* ${id} `));
    const shown = await cli('approval', 'show', asked.id);
    expect(shown.stdout).toContain(asked.title);
    expect(shown.stdout).toMatch(/^Because +\S/m);
    expect((await cli('task', 'show', id)).stdout).toContain(`Waits for you  ${asked.id}`);
    const allowed = await cli('approval', 'allow', asked.id);
    expect(allowed).toMatchObject({ code: 0, stdout: `${asked.id}  allowed  ${asked.title}\n` });
    const again = await cli('approval', 'deny', asked.id);
    expect(again).toMatchObject({
      code: 3,
      stderr: `drover: Approval ${asked.id} was already allowed by you on the command line.\n`,
    });
    await drover.settled(id);
    expect((await cli('approval', 'list')).stdout).toBe('');
    const all = JSON.parse((await cli('approval', 'list', '--all', '--json')).stdout) as { approvals: Approval[] };
    expect(all.approvals.map((one) => one.id)).toContain(asked.id);
    const log = await cli('task', 'log', id);
    expect(log.stdout).toMatch(/asks {2}.*\n(.*\n)*.*allowed {2}/);
  });

  test('denies with words and stops the task', async () => {
    const { id } = await drover.create({ goal: 'demo: asks count=2' });
    const asked = await pendingOf(drover, id);
    expect((await cli('approval', 'deny', asked.id, 'not', 'today')).code).toBe(0);
    const next = await pendingOf(drover, id, [asked.id]);
    expect((await cli('approval', 'deny', next.id, '--words', 'never', '--stop')).code).toBe(0);
    expect(await drover.settled(id)).toMatchObject({ status: 'cancelled' });
    const words = (await approvalsOf(drover, id)).map((one) => one.decision?.words);
    expect(words).toEqual(expect.arrayContaining(['not today', 'never']));
  });

  test('allows with an edited input from a file', async () => {
    const { id } = await drover.create({ goal: 'demo: asks tool=Write count=1', autonomy: 'ask' });
    const asked = await pendingOf(drover, id);
    const { input } = JSON.parse((await cli('approval', 'show', asked.id, '--json')).stdout) as ApprovalDetail;
    const file = path.join(drover.dataFolder, 'edited.json');
    await writeFile(file, 'no json');
    expect(await cli('approval', 'allow', asked.id, '--edit', file)).toMatchObject({ code: 3 });
    await writeFile(file, '["a list"]');
    expect(await cli('approval', 'allow', asked.id, '--edit', file)).toMatchObject({ code: 3 });
    await writeFile(file, JSON.stringify({ ...JSON.parse(input.text), content: 'edited\n' }));
    expect(await cli('approval', 'allow', asked.id, '--edit', file)).toMatchObject({ code: 0 });
    const written = await drover.event(id, 'tool.settled', ({ output }) => output.text.startsWith('Wrote'));
    expect(written.ok).toBe(true);
    const kept = (await approvalsOf(drover, id)).find((one) => one.id === asked.id);
    expect(kept?.decision?.edited?.text).toContain('edited');
  });

  test('answers questions by number, by name, and with words', async () => {
    const { id } = await drover.create({ goal: 'demo: question' });
    const asked = await pendingOf(drover, id);
    const shown = await cli('approval', 'show', asked.id);
    expect(shown.stdout).toContain('1. Which database should the notes be kept in?\n   1  SQLite');
    expect(shown.stdout).toContain('2. What should be tested? (several may be chosen)');
    expect((await cli('approval', 'answer', asked.id)).code).toBe(3);
    expect((await cli('approval', 'answer', asked.id, '1', '1', '1')).code).toBe(3);
    expect((await cli('approval', 'answer', asked.id, '2', 'speed, 1')).code).toBe(0);
    const kept = (await approvalsOf(drover, id)).find((one) => one.id === asked.id);
    expect(kept?.decision?.words).toBe(
      'Which database should the notes be kept in? PostgreSQL\nWhat should be tested? Speed, Reading',
    );
  });

  test('approves a plan with the autonomy to go on with', async () => {
    const { id } = await drover.create({ goal: 'demo: plan', autonomy: 'plan' });
    const asked = await pendingOf(drover, id);
    expect((await cli('approval', 'answer', asked.id, '1')).stderr).toContain('is not a question');
    expect((await cli('approval', 'allow', asked.id, '--autonomy', 'plan')).code).toBe(3);
    expect((await cli('approval', 'allow', asked.id, '--autonomy', 'auto')).code).toBe(0);
    expect(await drover.settled(id)).toMatchObject({ status: 'completed', autonomy: 'auto' });
  });

  test('a command that waits for its task says that an agent waits for an answer', async () => {
    const { id } = await drover.create({ goal: 'demo: asks count=1' });
    const waiting = startCli(['task', 'wait', id], { dataFolder: drover.dataFolder });
    const asked = await pendingOf(drover, id);
    await expect
      .poll(waiting.stderr)
      .toBe(`Waiting for you: ${asked.title}. \`drover approval show ${asked.id}\` shows it.\n`);
    await cli('approval', 'allow', asked.id);
    expect(await waiting.result).toMatchObject({ code: 0 });
  });

  test('exports all of it, as CSV or as lines of JSON', async () => {
    const { id } = await drover.create({ goal: 'demo: asks count=1' });
    const asked = await pendingOf(drover, id);
    await cli('approval', 'deny', asked.id, '=1+1');
    await drover.settled(id);
    const csv = (await cli('approval', 'export')).stdout;
    expect(csv.split('\r\n')[0]).toMatch(/^id,asked,settled,task/);
    expect(csv).toContain(`"'=1+1"`);
    const lines = (await cli('approval', 'export', '--format', 'json')).stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).id)).toContain(asked.id);
  });

  test('what is not there, and what is no id, is said in a sentence', async () => {
    expect(await cli('approval', 'allow', createId('q'))).toMatchObject({ code: 3 });
    expect((await cli('approval', 'show', 'x')).stderr).toContain('is not an approval id');
  });
});
