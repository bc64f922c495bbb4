import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createHost, must, type TestHost, USER } from '../support/host.ts';
import { markedProcesses } from '../support/marked-processes.ts';
import { until } from '../support/until.ts';

const HANGING = path.resolve(import.meta.dirname, '../support/hanging-agent.mjs');
const times = { stopGraceMs: 300 };

const hosts: TestHost[] = [];
const strays: ChildProcess[] = [];
async function host(options?: Parameters<typeof createHost>[0]): Promise<TestHost> {
  const made = await createHost({ times, ...options });
  hosts.push(made);
  return made;
}
afterEach(async () => {
  for (const one of hosts.splice(0)) await one.remove();
  for (const stray of strays.splice(0)) stray.kill('SIGKILL');
});

/** A process that ignores SIGTERM, marked as one of a run or of a git of Drover's. */
async function startStray(marks: { DROVER_RUN: string } | { DROVER_GIT: string }): Promise<ChildProcess> {
  const source = "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)";
  const stray = spawn(process.execPath, ['-e', source], {
    env: { PATH: process.env.PATH ?? '', ...marks },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  strays.push(stray);
  await once(stray.stdout ?? stray, 'data');
  return stray;
}

describe.skipIf(process.platform !== 'linux')('an agent that never answers and ignores signals', () => {
  test('is gone when a stop while it opens has settled, and nothing else happens meanwhile', async () => {
    const drover = await host({ demoAgent: HANGING });
    const { id } = await drover.create({ goal: 'Do it.' });
    await drover.event(id, 'agent.started');
    expect(await drover.get(id)).toMatchObject({ phase: 'starting', phaseWords: 'Starts the agent demo.' });
    await until(async () => (await markedProcesses(`${id}.1`)).length > 1, 'the agent and its child');

    const { api } = drover.core;
    must(await api.tasks.stop({ taskId: id }, USER));
    await drover.event(id, 'phase.changed', (event) => event.phase === 'stopping');
    expect(await drover.get(id)).toMatchObject({
      status: 'running',
      phase: 'stopping',
      phaseWords: 'Ends the agent demo, which was still starting.',
    });
    expect(await api.workspaces.remove({ workspaceId: `${id}-1` }, USER)).toMatchObject({ ok: false });
    expect(await api.tasks.rerun({ taskId: id }, USER)).toMatchObject({ ok: false });

    expect(await drover.settled(id)).toMatchObject({ status: 'cancelled', outcome: { code: 'by-user' } });
    expect(await markedProcesses(`${id}.1`)).toEqual([]);
    must(await api.workspaces.remove({ workspaceId: `${id}-1` }, USER));
  });

  test('is ended by the clock of the first response, and the words say what happened', async () => {
    const drover = await host({ demoAgent: HANGING });
    const { id } = await drover.create({ goal: 'Do it.', limits: { firstResponseMs: 400 } });
    expect(await drover.settled(id)).toMatchObject({
      status: 'failed',
      outcome: {
        code: 'no-first-response',
        words: 'The agent demo was started, but did not answer within 400 ms, so it was ended.',
      },
    });
    expect(await markedProcesses(`${id}.1`)).toEqual([]);
  });

  test('is gone when the host has closed while it opened, and the task continues at the next start', async () => {
    const drover = await host({ demoAgent: HANGING });
    const { id } = await drover.create({ goal: 'Do it.' });
    await drover.event(id, 'agent.started');
    await drover.reopen();
    expect(await markedProcesses(`${id}.1`)).toEqual([]);
    await drover.event(id, 'run.started', (event) => event.no === 2);
  });
});

/** Closes the host, and puts back what its database held before, as a kill would have left it. */
async function closeAsKilled(drover: TestHost): Promise<void> {
  const backup = must(await drover.core.api.data.backUp(undefined, USER)).path;
  await drover.close();
  const file = path.join(drover.dataFolder, 'drover.db');
  await copyFile(backup, file);
  await Promise.all([`${file}-wal`, `${file}-shm`].map((each) => rm(each, { force: true })));
}

test.skipIf(process.platform !== 'linux')(
  'a lock of git that a crashed agent has left is gone before the next session begins',
  async () => {
    const drover = await host();
    const { id } = await drover.create({ goal: 'demo: crash once=1' }, false);
    const lock = path.join(drover.repository.path, '.git', 'worktrees', `${id}-1`, 'index.lock');
    const setup = [[process.execPath, '-e', "require('node:fs').writeFileSync(process.argv[1], '')", lock]];
    must(await drover.core.api.projects.set({ projectId: drover.projectId, settings: { setup } }, USER));
    must(await drover.core.api.tasks.start({ taskId: id }, USER));
    const first = await drover.event(id, 'agent.started');
    await drover.event(id, 'agent.started', (event) => event.process?.pid !== first.process?.pid);
    expect(existsSync(lock)).toBe(false);
  },
);

describe.skipIf(process.platform !== 'linux')('what a killed host left', () => {
  test('is ended beside the start: its task says so and waits, others run at once', async () => {
    const drover = await host();
    const { id } = await drover.create({ goal: 'demo: stall' });
    await drover.event(id, 'entry.text');
    await closeAsKilled(drover);
    const stray = await startStray({ DROVER_RUN: `${id}.1` });
    const foreign = await startStray({ DROVER_RUN: 'azzzzzzzz.1' });

    await drover.reopen();
    expect(stray.exitCode ?? stray.signalCode).toBeNull();
    expect(await drover.get(id)).toMatchObject({ status: 'running', phase: 'idle' });
    expect((await drover.get(id)).phaseWords).toMatch(/being ended/);
    const other = await drover.create({ goal: 'demo: instant' });
    expect(await drover.settled(other.id)).toMatchObject({ status: 'completed' });

    const next = await drover.event(id, 'run.started', (event) => event.no === 2);
    expect(next.mode).toBe('recovery');
    expect(await markedProcesses(`${id}.1`)).toEqual([]);
    expect(foreign.exitCode ?? foreign.signalCode).toBeNull();
  });

  test('of a run that is over is ended too; its workspace stays and no run begins until then', async () => {
    const drover = await host();
    const { id } = await drover.create({ goal: 'demo: instant' });
    await drover.settled(id);
    await drover.close();
    await startStray({ DROVER_RUN: `${id}.1` });
    await drover.reopen();
    const { api } = drover.core;
    expect(await api.workspaces.remove({ workspaceId: `${id}-1` }, USER)).toMatchObject({ ok: false });
    must(await api.tasks.rerun({ taskId: id }, USER));
    await drover.event(id, 'task.queued', (event) => /earlier run/.test(event.waiting.words));
    await drover.event(id, 'run.started', (event) => event.no === 2);
    expect(await markedProcesses(`${id}.1`)).toEqual([]);
    await drover.settled(id);
  });

  test('of locks in its workspace is gone when the old git has ended, however long that takes', async () => {
    const drover = await host();
    must(await drover.core.api.settings.set({ key: 'task.recovery', value: 'wait' }, USER));
    const { id } = await drover.create({ goal: 'demo: stall' });
    await drover.event(id, 'entry.text');
    await closeAsKilled(drover);
    const lock = path.join(drover.repository.path, '.git', 'worktrees', `${id}-1`, 'index.lock');
    await writeFile(lock, '');
    const git = await startStray({ DROVER_GIT: drover.dataFolder });

    await drover.reopen();
    expect(await drover.settled(id)).toMatchObject({ outcome: { code: 'interrupted' } });
    await until(async () => !existsSync(lock), 'the lock to be gone');
    // Its end is told to this process a moment later than it can be seen from outside.
    await expect.poll(() => git.exitCode ?? git.signalCode).toBe('SIGKILL');
  });
});
