import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstat, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { startDaemon } from '../test/support/daemon.ts';
import { createDesktopPeer, type DesktopPeer } from '../test/support/desktop-peer.ts';
import { until } from '../test/support/until.ts';
import { openXKeyboard } from '../test/support/x-keyboard.ts';
import {
  createDesktopHome,
  type DesktopApp,
  type DesktopHome,
  electronArguments,
  electronProgram,
} from './desktop-app.ts';

/** A desktop and a home for one test. */
async function inHome(
  play: (home: DesktopHome, peer: DesktopPeer) => Promise<void>,
  env: Record<string, string> = {},
): Promise<void> {
  const peer = await createDesktopPeer();
  const home = await createDesktopHome({ env });
  try {
    await play(home, peer);
  } finally {
    await home.remove();
    peer.close();
  }
}

it('shows its window when no tray has come in time', async () => {
  const home = await createDesktopHome();
  try {
    const app = await home.start(['--hidden', '--tray-ms=2000']);
    expect(await app.isVisible()).toBe(false);
    await until(() => app.isVisible(), 'the window');
  } finally {
    await home.remove();
  }
});

it('hears of a second start while it is still opening', async () => {
  await inHome(async (home) => {
    const opening = home.start(['--hidden']);
    const lock = path.join(home.dataFolder, 'desktop', 'SingletonLock');
    await until(() => isThere(lock), 'the first start');
    const second = spawn(
      electronProgram(),
      electronArguments('--data', home.dataFolder, 'drover://approval/q12345678'),
      {
        env: home.env,
        stdio: 'ignore',
      },
    );
    expect((await once(second, 'exit'))[0]).toBe(0);
    const app = await opening;
    await until(() => app.isVisible(), 'the window');
    expect((await app.board()).url()).toMatch(/#\/needs-you\/q12345678$/);
  });
});

it('keeps the machine awake while a task runs, hears of sleep, and ends in good order when it is turned off', async () => {
  await inHome(
    async (home, peer) => {
      const app = await home.start(['--hidden']);
      expect(peer.keptAwakeBy()).toEqual([]);
      const gate = await home.createGate();
      const task = await home.createTask(app, `Slowly\n${gate.directive}`);
      await until(() => peer.keptAwakeBy().length === 1, 'the request to stay awake');
      await app.client.settings.set({ key: 'desktop.keepAwake', value: false });
      await until(() => peer.keptAwakeBy().length === 0, 'the request to be taken back');
      await app.client.settings.set({ key: 'desktop.keepAwake', value: true });
      await until(() => peer.keptAwakeBy().length === 1, 'the request again');

      peer.sleep(true);
      await until(async () => (await app.log()).includes('the machine goes to sleep'), 'the sleep');
      peer.sleep(false);
      await until(async () => (await app.log()).includes('the machine woke up'), 'the end of the sleep');
      await gate.open('1');
      const status = async () => (await app.client.tasks.get({ taskId: task.id })).task.status;
      await until(async () => (await status()) === 'completed', 'the task');
      await until(() => peer.keptAwakeBy().length === 0, 'the request to be taken back');

      peer.shutDown();
      expect(await app.ended).toBe(0);
      expect((await app.log()).at(-1)).toBe('ended');
    },
    { XDG_CURRENT_DESKTOP: 'GNOME' },
  );
});

it('remembers the zoom that was set by keys', async () => {
  const keyboard = await openXKeyboard();
  try {
    await inHome(async (home) => {
      const first = await home.start();
      await first.board();
      await first.toWindow('board', (window) => window.focus());
      await until(() => first.toWindow('board', (window) => window.isFocused()), 'the keyboard');
      const zoom = () => first.toWindow('board', (window) => window.webContents.getZoomLevel());
      await keyboard.press('Control_L', '=');
      await keyboard.press('Control_L', '=');
      await until(async () => (await zoom()) === 1, 'the zoom');
      await keyboard.press('Control_L', '-');
      await until(async () => (await zoom()) === 0.5, 'less of it');
      await first.kill();

      const second = await home.start();
      await second.board();
      await until(
        async () => (await second.toWindow('board', (window) => window.webContents.getZoomLevel())) === 0.5,
        'the same zoom',
      );
    });
  } finally {
    keyboard.close();
  }
});

it('puts the window back where it was, and on the screen when that is gone', async () => {
  await inHome(async (home) => {
    const boundsOf = (app: DesktopApp) => app.toWindow('board', (window) => window.getBounds());
    const stop = async (app: DesktopApp) => {
      app.electron.process().kill('SIGTERM');
      await app.ended;
    };
    const place = { x: 120, y: 90, width: 900, height: 640 };
    const first = await home.start();
    await first.board();
    await first.toWindow('board', (window) => window.setBounds({ x: 120, y: 90, width: 900, height: 640 }));
    await until(async () => (await boundsOf(first)).width === place.width, 'the size');
    await stop(first);

    const second = await home.start();
    await second.board();
    await until(() => second.toWindow('board', (window) => window.isVisible()), 'the window');
    expect(await boundsOf(second)).toEqual(place);
    // It began with what was stored; a page that is loaded again asks for what is now.
    const page = await second.board();
    const firstPage = () =>
      page.evaluate(() =>
        JSON.parse((window as { desktop?: { firstPage: string | null } }).desktop?.firstPage ?? 'null'),
      );
    expect(await firstPage()).toEqual({ tasks: [], hits: [], nextCursor: null, fromSeq: 0 });
    await page.reload();
    expect(await firstPage()).toBeNull();
    await stop(second);

    // As after a screen was taken away.
    const file = path.join(home.dataFolder, 'desktop', 'desktop.json');
    const kept = JSON.parse(await readFile(file, 'utf8'));
    expect(kept.board.place).toEqual(place);
    await writeFile(file, JSON.stringify({ ...kept, board: { ...kept.board, place: { ...place, x: 9000 } } }));
    const third = await home.start();
    await third.board();
    await until(() => third.toWindow('board', (window) => window.isVisible()), 'the window');
    const { x, width } = await boundsOf(third);
    expect(x + width).toBeLessThan(2000);
    expect(width).toBe(place.width);
  });
});

it('shows the Drover of a daemon, leaves it running, and goes on by itself when that ends', async () => {
  await inHome(async (home, peer) => {
    const daemon = await startDaemon(home.dataFolder, home.folder, { DROVER_LOGIN_ENV: '0' });
    try {
      const app = await home.start();
      const gate = await home.createGate();
      const task = await home.createTask(app, `In the background\n${gate.directive}`);
      const board = await app.board();
      await until(
        async () => (await board.evaluate(() => document.body.innerText)).includes('In the background'),
        'the task in the board',
      );
      await until(async () => (await peer.tooltip()) === 'Drover: 1 running', 'the tooltip');
      // It asks nobody: the task goes on.
      await peer.choose('Quit (tasks keep running in the background)');
      expect(await app.ended).toBe(0);
      expect(daemon.process.exitCode).toBeNull();

      const again = await home.start(['--hidden']);
      const status = async () => (await again.client.tasks.get({ taskId: task.id })).task.status;
      expect(await status()).toBe('running');
      await gate.open('1');
      await until(async () => (await status()) === 'completed', 'the task');
      const shows = async () => (await again.log()).filter((line) => line.startsWith('showing the Drover of another'));
      await until(async () => (await shows()).length === 2, 'the second app to show the daemon');
      const before = again.pid;
      await daemon.stop();
      await again.ended;
      const pid = await until(async () => {
        const text = await readFile(path.join(home.dataFolder, 'endpoint.json'), 'utf8').catch(() => null);
        const endpoint = text === null ? null : (JSON.parse(text) as { pid: number });
        return endpoint !== null && endpoint.pid !== daemon.process.pid ? endpoint.pid : null;
      }, 'the app to start again');
      expect(pid).not.toBe(before);
      process.kill(pid, 'SIGTERM');
      await until(() => !isRunning(pid), 'its end');
    } finally {
      await daemon.stop();
    }
  });
});

it('shows the demo in its window', async () => {
  await inHome(async (home, peer) => {
    const app = [electronProgram(), ...electronArguments()];
    const program = path.resolve(import.meta.dirname, '..', 'out', 'daemon', 'demo.js');
    const demo = spawn(process.execPath, [program, '--desktop', ...app], {
      env: home.env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let said = '';
    demo.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const ended = once(demo, 'exit');
    try {
      await until(async () => (await peer.tooltip()) === 'Drover: 1 running', 'the task');
      await until(() => said.includes('Quit Drover when you have seen enough.'), 'the end of the task');
      await until(async () => (await peer.tooltip()) === 'Drover: nothing is running', 'the tooltip');
      await peer.choose('Quit');
      expect((await ended)[0]).toBe(0);
    } finally {
      demo.kill('SIGTERM');
      await ended;
    }
  });
});

async function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
