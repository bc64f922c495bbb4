import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { TaskEvent } from '../../src/contract/task/events.ts';
import { claudeCall } from '../support/claude-call.ts';
import { createClaudeBench } from '../support/claude-session.ts';
import { createHost, must, type TestHost, USER } from '../support/host.ts';
import { always, script } from '../support/scripted-api/scenario.ts';
import { createScriptedBackend, YIELDED } from '../support/scripted-backend.ts';

const hosts: TestHost[] = [];
async function host(options?: Parameters<typeof createHost>[0]): Promise<TestHost> {
  const made = await createHost(options);
  hosts.push(made);
  must(await made.core.api.settings.set({ key: 'task.stallMs', value: 1000 }, USER));
  return made;
}
afterEach(async () => {
  for (const one of hosts.splice(0)) await one.remove();
});

const stalls = (log: { event: TaskEvent }[]) =>
  log.flatMap(({ event }) => (event.type.startsWith('stall.') ? [event] : []));

test('a command that asks something is shown as waiting, once, until it goes on; the agent is told with its next prompt', async () => {
  let goOn = () => {};
  const gone = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const prompts: string[] = [];
  const backend = createScriptedBackend('asking', async ({ report }, _signal, prompt) => {
    prompts.push(prompt);
    if (prompts.length > 1) return YIELDED;
    const { call, input } = claudeCall('Bash', { command: 'npm init vite' });
    report.entry({ type: 'tool-called', callId: 'c1', call, input: JSON.stringify(input), parent: null });
    report.delta({ entryId: 'c1', kind: 'tool-output', text: 'Need to install create-vite\nOk to proceed? (y) ' });
    await gone;
    report.delta({ entryId: 'c1', kind: 'tool-output', text: 'y\nInstalling' });
    report.entry({ type: 'tool-settled', callId: 'c1', ok: true, output: 'done', durationMs: 1 });
    return YIELDED;
  });
  const drover = await host({ backends: [backend] });
  const { id } = await drover.create({ goal: 'Set it up.', items: [{ text: 'One' }], agent: { agent: 'asking' } });
  await drover.event(id, 'stall.noticed');
  const { task } = must(await drover.core.api.tasks.get({ taskId: id }, USER));
  expect(task).toMatchObject({
    phase: 'waiting',
    stall: { callId: 'c1', tail: expect.stringContaining('Ok to proceed') },
  });
  expect(task.phaseWords).toBe('The command “npm init vite” seems to wait for input: Ok to proceed? (y)');
  goOn();
  await drover.event(id, 'stall.cleared');
  await drover.settled(id);
  expect(stalls(await drover.log(id)).map(({ type }) => type)).toEqual(['stall.noticed', 'stall.cleared']);
  expect(prompts[1]).toContain('The command “npm init vite” seems to wait for input');
  expect(prompts[1]).toContain('--yes');
  expect(prompts[2]).not.toContain('npm init vite');
});

test('a check that asks something is shown until it goes on', async () => {
  const drover = await host();
  const asks = ['sh', '-c', 'printf "Password: "; until [ -e go-on ]; do sleep 0.1; done'];
  const { id } = await drover.create({
    goal: 'demo: instant',
    items: [{ text: 'One' }],
    agent: { agent: 'demo' },
    checks: [asks],
  });
  await drover.event(id, 'stall.noticed');
  await writeFile(join((await drover.get(id)).workspace?.path ?? '', 'go-on'), '');
  await drover.settled(id);
  expect(stalls(await drover.log(id))).toMatchObject([
    { type: 'stall.noticed', words: expect.stringContaining('Password:') },
    { type: 'stall.cleared' },
  ]);
});

test('a check that waits can be stopped: it has failed, and the agent is told that a person stopped it', async () => {
  const drover = await host();
  const asks = ['sh', '-c', '[ -e asked ] && exit; touch asked; printf "Password: "; sleep 600'];
  const { id } = await drover.create({
    goal: 'demo: instant',
    items: [{ text: 'One' }],
    agent: { agent: 'demo' },
    checks: [asks],
  });
  const { stopCheck } = drover.core.api.tasks;
  expect(await stopCheck({ taskId: 'a00000000' }, USER)).toMatchObject({ rejection: { code: 'not-found' } });
  await drover.event(id, 'stall.noticed');
  expect((await drover.get(id)).stall).toMatchObject({ check: true });
  must(await stopCheck({ taskId: id, commandId: 'stop-it' }, USER));
  expect(await drover.settled(id)).toMatchObject({ status: 'completed', stall: null });
  const log = (await drover.log(id)).map(({ event }) => event);
  const words = 'Password: \nThe user stopped this check before it had finished.';
  expect(log.filter(({ type }) => type === 'check.settled')).toMatchObject([
    { ok: false, exitCode: null, output: { text: words } },
    { ok: true },
  ]);
  expect(log.findLast(({ type }) => type === 'turn.requested')).toMatchObject({
    kind: 'check-failed',
    prompt: { text: expect.stringContaining(words) },
  });
  expect(must(await stopCheck({ taskId: id, commandId: 'stop-it' }, USER)).id).toBe(id);
  expect(await stopCheck({ taskId: id }, USER)).toMatchObject({
    rejection: { code: 'wrong-state', message: `No check of task ${id} runs.` },
  });
});

test('what a command of Claude Code prints is seen while it runs', async () => {
  const command = 'printf "hello\\nOverwrite? (y/n) "; until [ -e go-on ]; do sleep 0.1; done; echo done';
  const bench = await createClaudeBench(
    script({ steps: [{ tool: 'Bash', input: { command, description: 'asks' } }] }, always('Ended.')),
  );
  try {
    const { session, recorded } = await bench.open();
    const turn = session.prompt('go');
    await recorded.until(() =>
      recorded.deltas.some(({ kind, text }) => kind === 'tool-output' && text.includes('(y/n)')),
    );
    const [call] = recorded.entries.flatMap((entry) => (entry.type === 'tool-called' ? [entry.callId] : []));
    expect(recorded.deltas.find(({ kind }) => kind === 'tool-output')).toEqual({
      entryId: call,
      kind: 'tool-output',
      text: 'hello\nOverwrite? (y/n) ',
    });
    await writeFile(join(bench.workspace, 'go-on'), '');
    expect(await turn).toMatchObject({ result: 'ok' });
  } finally {
    await bench.close();
  }
});
