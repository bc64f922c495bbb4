import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isUnsettled } from '../src/contract/task/derive.ts';
import type { Task } from '../src/contract/task/state.ts';
import { createDesktopPeer, type DesktopPeer } from '../test/support/desktop-peer.ts';
import { markedProcesses } from '../test/support/marked-processes.ts';
import { until } from '../test/support/until.ts';
import {
  createDesktopHome,
  type DesktopApp,
  type DesktopHome,
  electronArguments,
  electronProgram,
} from './desktop-app.ts';

const RED = 'd0342c';
const BLUE = '2c6bd4';
const settled = (app: DesktopApp, { id }: Task) =>
  until(async () => {
    const { task } = await app.client.tasks.get({ taskId: id });
    return isUnsettled(task.status) ? null : task;
  }, 'the task to end');

/** What the window shows, as a picture for people to look at. */
async function shoot(app: DesktopApp, file: string): Promise<void> {
  const picture = await app.toWindow('board', async (window) =>
    (await window.webContents.capturePage()).toPNG().toString('base64'),
  );
  await writeFile(file, Buffer.from(picture, 'base64'));
}

describe('the desktop app', () => {
  let peer: DesktopPeer;
  let home: DesktopHome;
  let app: DesktopApp;
  let board: Page;

  beforeAll(async () => {
    peer = await createDesktopPeer();
    home = await createDesktopHome();
    app = await home.start();
    board = await app.board();
  });
  afterAll(async () => {
    await home?.remove();
    peer?.close();
  });

  it('opens a window that shows the board and is shut off from Node', async () => {
    expect(await app.isVisible()).toBe(true);
    expect(await board.evaluate(() => ['require', 'process', 'module'].filter((name) => name in globalThis))).toEqual(
      [],
    );
    expect(await board.evaluate(() => Object.keys((window as never as { desktop: object }).desktop))).toEqual([
      'firstPage',
      'platform',
      'onNotice',
      'pickFolder',
      'pathOf',
      'openFolder',
      'openBoard',
      'hide',
      'fit',
    ]);
  });

  it('lets a page neither leave nor open another, and nothing inline runs', async () => {
    await app.answerDialogs(1);
    const address = board.url();
    const ran = await board.evaluate(async () => {
      document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="document.title = `hacked`">');
      const script = document.createElement('script');
      script.textContent = 'document.title = `hacked`';
      document.body.append(script);
      const opened = [window.open('file:///etc/passwd'), window.open('https://example.invalid/page')];
      window.location.href = 'https://example.invalid/';
      const fetched = await fetch('https://example.invalid/').catch(() => 'refused');
      return { opened, fetched };
    });
    expect(ran).toEqual({ opened: [null, null], fetched: 'refused' });
    expect(board.url()).toBe(address);
    const title = await board.evaluate(() => document.title);
    expect(title).toBe('Drover');
    const windows = await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(windows).toBe(1);
    // What is no web address is not even asked about.
    expect(await app.questions()).toEqual([expect.stringContaining('https://example.invalid/page')]);
  });

  it('lets no page be opened from the view of a task either', async () => {
    await app.answerDialogs(1);
    await board.evaluate(() => {
      window.location.hash = '#/tasks/a12345678';
    });
    expect(await board.evaluate(() => window.open('drover-window://board/#/new'))).toBeNull();
    expect(await board.evaluate(() => window.open('about:blank'))).toBeNull();
    expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    expect(await app.questions()).toEqual([]);
  });

  it('lets a person pick a folder, and knows where a dropped one is', async () => {
    await app.electron.evaluate(({ dialog }) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: ['/picked'] });
    });
    const picked = await board.evaluate(() =>
      (window as never as { desktop: { pickFolder(): Promise<string | null> } }).desktop.pickFolder(),
    );
    expect(picked).toBe('/picked');
    await board.evaluate(() => {
      document.body.insertAdjacentHTML('beforeend', '<input type="file" id="dropped">');
    });
    const file = path.join(home.repository.path, 'README.md');
    await board.setInputFiles('#dropped', file);
    const paths = await board.evaluate(() => {
      const { desktop } = window as never as { desktop: { pathOf(file: unknown): string } };
      const input = document.querySelector('#dropped') as HTMLInputElement;
      const found = [input.files?.[0], new File(['x'], 'made.txt'), {}, 'text'].map((each) => desktop.pathOf(each));
      input.remove();
      return found;
    });
    expect(paths).toEqual([file, '', '', '']);
  });

  it('grants a page no permission', async () => {
    const states = await board.evaluate(async () => {
      const ask = (name: string) => navigator.permissions.query({ name: name as never }).then(({ state }) => state);
      return Promise.all(['geolocation', 'notifications', 'camera', 'microphone'].map(ask));
    });
    expect(new Set(states)).toEqual(new Set(['denied']));
  });

  it('takes no port from a frame inside the page', async () => {
    const answered = await board.evaluate(async () => {
      const frame = document.createElement('iframe');
      frame.srcdoc = '<p>foreign</p>';
      document.body.append(frame);
      await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
      const frames: string[] = [];
      /** Offers a port by a window, and says what comes through it. */
      const offer = (to: Window | null, came: () => void) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = came;
        to?.postMessage('drover-port', '*', [port2]);
        port1.postMessage(JSON.stringify({ i: '1', p: { u: '/system/status', m: 'POST', b: '{}' } }));
      };
      offer(frame.contentWindow, () => frames.push('answered'));
      // The page's own, which comes after it, is answered.
      await new Promise<void>((resolve) => offer(window, resolve));
      frame.remove();
      return frames;
    });
    expect(answered).toEqual([]);
  });

  it('shows a task in the tray, tells when it is done, and opens it by a click', async () => {
    expect(await peer.tooltip()).toBe('Drover: nothing is running');
    expect(await peer.menu()).toEqual([
      'Open board',
      'New task…',
      'Quick capture…',
      '—',
      'Pause everything',
      'Do not disturb',
      ['For an hour', 'Until tomorrow', 'Off'],
      '—',
      'Start at login',
      'Keep working without the window',
      '—',
      'Quit',
    ]);

    const gate = await home.createGate();
    const task = await home.createTask(app, `Write <b>one</b> greeting\n${gate.directive}`);
    await until(async () => (await peer.tooltip()) === 'Drover: 1 running', 'the tooltip');
    // Not by a locator: Playwright waits for the navigation that was refused.
    const text = () => board.evaluate(() => document.body.innerText);
    await until(async () => (await text()).includes('Write <b>one</b> greeting'), 'the card of the task');
    if (process.env.DROVER_SHOT) await shoot(app, process.env.DROVER_SHOT);
    expect(await peer.pixel(0.74, 0.52)).toBe(BLUE);
    const menu = await peer.menu();
    expect(menu.slice(0, 3)).toEqual([
      '(Running)',
      expect.stringMatching(/^Write <b>one<\/b> greeting/),
      ['Open', 'Stop'],
    ]);

    await app.toWindow('board', (window) => window.hide());
    await gate.open('1');
    const over = await settled(app, task);
    expect(over.status, over.outcome?.words).toBe('completed');
    const shown = await until(() => peer.notifications()[0], 'a notification');
    expect(shown.title).toBe('Finished');
    expect(shown.body).toContain('&lt;b&gt;one&lt;/b&gt;');
    peer.clickNotification(shown.id);
    await until(() => app.isVisible(), 'the window');
    await until(() => board.url().endsWith(`#/tasks/${task.id}`), 'the task in the window');
    await until(async () => (await peer.tooltip()) === 'Drover: nothing is running', 'the tooltip');
  });

  it('opens the workspace of a task on its own desktop, and no folder that a page names', async () => {
    const noted = path.join(home.folder, 'noted');
    const editor = path.join(home.folder, 'my-editor');
    await writeFile(editor, `#!/bin/sh\necho "$PWD $*" > '${noted}.part'\nmv '${noted}.part' '${noted}'\n`, {
      mode: 0o755,
    });
    await app.client.settings.set({ key: 'desktop.editor', value: [editor, '--new'] });
    const open = (request: object) =>
      board.evaluate(
        (asked) =>
          (window as never as { desktop: { openFolder(asked: object): Promise<unknown> } }).desktop.openFolder(asked),
        request,
      );
    expect(await open({ what: 'folder', folder: '/', in: 'editor' })).toBeNull();
    expect(await open({ what: 'workspace', workspaceId: '/', in: 'editor' })).toBeNull();
    expect(await open({ what: 'workspace', workspaceId: 'a00000000-1', in: 'editor' })).toMatchObject({
      rejection: { message: 'There is no workspace a00000000-1.' },
    });
    const [workspace] = await app.client.workspaces.recorded({});
    if (!workspace) throw new Error('The task above has a workspace.');
    await board.getByRole('button', { name: 'Open', exact: true }).click();
    await board.getByRole('menuitem', { name: 'Open in editor' }).click();
    await board.getByText(`Opened ${workspace.path} in my-editor.`).waitFor();
    expect(await readFile(noted, 'utf8')).toBe(`${workspace.path} --new ${workspace.path}\n`);
  });

  it('stops a task from the tray, and shows that one failed until somebody has looked', async () => {
    const { directive } = await home.createGate();
    const slow = await home.createTask(app, `Take your time\n${directive}`);
    const label = await until(
      async () => (await peer.menu()).find((entry) => typeof entry === 'string' && entry.startsWith('Take')),
      'the task in the menu',
    );
    await peer.choose(String(label), 'Stop');
    expect((await settled(app, slow)).status).toBe('cancelled');

    await app.toWindow('board', (window) => window.hide());
    await settled(app, await home.createTask(app, 'Go wrong\ndemo: fail'));
    await until(async () => (await peer.tooltip()) === 'Drover: 1 needs you', 'the tooltip');
    expect(await peer.pixel(0.74, 0.52)).toBe(RED);
  });

  it('goes on in the tray when its window is closed, says so once, and comes back by it', async () => {
    await app.answerDialogs(0);
    const said = () => peer.notifications().filter(({ title }) => /keeps running in the tray/.test(title));
    const shows = async (visible: boolean) =>
      until(async () => (await app.isVisible()) === visible, `visible ${visible}`);
    await peer.activate();
    await shows(true);
    await app.toWindow('board', (window) => window.close());
    await shows(false);
    await peer.choose('Open board');
    await shows(true);
    await app.toWindow('board', (window) => window.close());
    await shows(false);
    await until(() => said().length > 0, 'the notification');
    expect(said()).toHaveLength(1);
    expect(await app.questions()).toEqual([]);
  });

  it('brings the first one forward when it is started again, at the task of a link', async () => {
    const second = spawn(electronProgram(), electronArguments('--data', home.dataFolder, 'drover://task/a12345678'), {
      env: home.env,
      stdio: 'ignore',
    });
    expect((await once(second, 'exit'))[0]).toBe(0);
    await until(() => app.isVisible(), 'the window');
    await until(() => board.url().endsWith('#/tasks/a12345678'), 'the task in the window');
  });

  it('starts at login when it is told to', async () => {
    await peer.choose('Start at login');
    await until(() => peer.isTicked('Start at login'), 'the tick');
    const file = path.join(home.folder, 'config', 'autostart', 'drover.desktop');
    expect(await readFile(file, 'utf8')).toMatch(/^Exec=".*electron" ".*" "--hidden"$/m);
    await peer.choose('Start at login');
    await until(async () => !(await peer.isTicked('Start at login')), 'no tick');
  });

  it('loads a page again that has died', async () => {
    const navigated = board.waitForEvent('crash');
    await app.toWindow('board', (window) => window.webContents.forcefullyCrashRenderer());
    await navigated;
    await until(
      () =>
        app
          .toWindow('board', (window) =>
            window.webContents.executeJavaScript('document.querySelector("#root")?.childElementCount > 0'),
          )
          .catch(() => false),
      'the page',
    );
  });

  it('asks before it quits while a task runs, waits for it if that is wanted, and leaves nothing behind', async () => {
    // Closed without an answer.
    await app.answerDialogs(-1);
    const gate = await home.createGate();
    const task = await home.createTask(app, `One more\n${gate.directive}`);
    await until(async () => (await peer.tooltip()).includes('1 running'), 'the tooltip');
    await peer.choose('Quit');
    await until(async () => (await app.questions()).length === 1, 'the question');
    expect(await app.questions()).toEqual([expect.stringContaining('“One more” is still running')]);
    expect((await app.client.tasks.get({ taskId: task.id })).task.status).toBe('running');

    await app.answerDialogs(1);
    await peer.choose('Quit');
    await until(async () => (await peer.tooltip()).includes('(quits when they are done)'), 'the tooltip');
    await gate.open('1');
    expect(await app.ended).toBe(0);
    await expect(readFile(path.join(home.dataFolder, 'endpoint.json'))).rejects.toThrow();
  });
});

describe('a desktop app that was killed', () => {
  it('carries the task on when it is started again, hidden, and SIGTERM ends it in good order', async () => {
    const home = await createDesktopHome();
    const peer = await createDesktopPeer();
    try {
      const first = await home.start(['--hidden']);
      const gate = await home.createGate();
      const task = await home.createTask(first, `Survive\n${gate.directive}`, ['One', 'Two']);
      await until(async () => (await first.client.tasks.get({ taskId: task.id })).task.phase === 'working', 'work');
      await first.kill();

      const second = await home.start(['--hidden']);
      expect(await second.isVisible()).toBe(false);
      await gate.open('1', '2');
      const done = await settled(second, task);
      expect(done.status).toBe('completed');
      expect(done.runCount).toBe(2);
      const { events } = await second.client.tasks.log({ taskId: task.id, limit: 1000 });
      expect(events.filter(({ event }) => event.type === 'run.settled')).toHaveLength(2);

      const { pid } = second;
      second.electron.process().kill('SIGTERM');
      expect(await second.ended).toBe(0);
      expect(() => process.kill(pid, 0)).toThrow();
      expect(await markedProcesses(home.dataFolder)).toEqual([]);
    } finally {
      await home.remove();
      peer.close();
    }
  });
});

describe('a desktop without its parts', () => {
  it('shows the icon when the tray comes late, and notices in the window where no service shows them', async () => {
    const home = await createDesktopHome();
    let peer: DesktopPeer | null = null;
    try {
      const app = await home.start(['--hidden']);
      const late = await createDesktopPeer({ notifications: false });
      peer = late;
      await until(async () => (await late.tooltip()) === 'Drover: nothing is running', 'the tooltip');
      await late.activate();
      const board = await app.board();
      // No service for notifications: the window shows it itself.
      const heard = board.evaluate(
        () =>
          new Promise((resolve) =>
            (globalThis as never as { desktop: { onNotice(on: (notice: unknown) => void): void } }).desktop.onNotice(
              resolve,
            ),
          ),
      );
      await app.toWindow('board', (window) => window.hide());
      await settled(app, await home.createTask(app, 'Quick\ndemo: instant'));
      expect(await heard).toMatchObject({ title: 'Finished' });
    } finally {
      peer?.close();
      await home.remove();
    }
  });
});
