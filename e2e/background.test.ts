import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Endpoint } from '../src/contract/data-folder.ts';
import { isAlive } from '../src/core/process/identity.ts';
import { createDesktopPeer } from '../test/support/desktop-peer.ts';
import { until } from '../test/support/until.ts';
import { createDesktopHome, type DesktopApp } from './desktop-app.ts';

const CONTINUES = 'Quit (tasks keep running in the background)';

it('keeps working without the window: moves there between turns, outlives its app, and comes back', async () => {
  const peer = await createDesktopPeer();
  const home = await createDesktopHome();
  const endpoint = async () => {
    const text = await readFile(path.join(home.dataFolder, 'endpoint.json'), 'utf8').catch(() => null);
    return text === null ? null : (JSON.parse(text) as Endpoint);
  };
  /** The process that has the data, once it is another one than `pid`. */
  const hostAfter = (pid: number) =>
    until(async () => {
      const found = await endpoint();
      return found !== null && found.pid !== pid && isAlive(found) ? found : null;
    }, 'another process to have the data');
  /** A start is over when the client can reach Drover, which the daemon answers before the app shows it. */
  const showing = (app: DesktopApp, times: number) =>
    until(async () => {
      const lines = await app.log();
      return lines.filter((line) => line.startsWith('showing the Drover of another process')).length === times;
    }, `the daemon to be shown ${times} times`);
  try {
    const app = await home.start();
    const gate = await home.createGate();
    const task = await home.createTask(app, `In a turn\n${gate.directive}`, ['one', 'two']);
    await until(async () => (await peer.tooltip()) === 'Drover: 1 running', 'the task to run');
    await peer.choose('Keep working without the window');
    const moves = 'Drover: 1 running (moves to the background when each task is between turns)';
    await until(async () => (await peer.tooltip()) === moves, 'the tray to say that it moves');
    await gate.open('1');
    expect(await app.ended).toBe(0);

    // The app has started again by itself, to show the daemon that it has started.
    const daemon = await hostAfter(app.pid);
    await until(async () => (await peer.tooltip()) === 'Drover: 1 running', 'the task to continue');
    await peer.choose(CONTINUES);
    expect(isAlive(daemon)).toBe(true);
    const second = await home.start(['--hidden']);
    expect(await second.client.system.status()).toMatchObject({ pid: daemon.pid, background: true });
    const found = async () => (await second.client.tasks.get({ taskId: task.id })).task;
    expect(await found()).toMatchObject({ status: 'running', run: { no: 2, mode: 'recovery' } });
    await showing(second, 2);
    await second.kill();
    expect(isAlive(daemon)).toBe(true);

    // Killed, it is started again by the app that shows it.
    const third = await home.start(['--hidden']);
    await showing(third, 3);
    process.kill(daemon.pid, 'SIGKILL');
    await third.ended;
    const again = await hostAfter(daemon.pid);
    await until(async () => (await peer.tooltip()) === 'Drover: 1 running', 'the task to continue');
    await peer.choose(CONTINUES);

    const fourth = await home.start(['--hidden']);
    expect(await fourth.client.system.status()).toMatchObject({ pid: again.pid, background: true });
    const status = async () => (await fourth.client.tasks.get({ taskId: task.id })).task.status;
    await gate.open('2');
    await until(async () => (await status()) === 'completed', 'the task to be completed');
    await until(async () => (await peer.tooltip()) === 'Drover: nothing is running', 'the tray');
    await peer.choose('Keep working without the window');
    await fourth.ended;
    const host = await hostAfter(again.pid);
    expect(isAlive(again)).toBe(false);
    await until(async () => (await peer.tooltip()) === 'Drover: nothing is running', 'the tray of the app');
    await peer.choose('Quit');
    await until(() => !isAlive(host), 'its end');
  } finally {
    await home.end();
    const left = await endpoint();
    if (left !== null && isAlive(left)) {
      process.kill(left.pid, 'SIGTERM');
      await until(() => !isAlive(left), 'what was left to end');
    }
    await home.remove();
    peer.close();
  }
});
