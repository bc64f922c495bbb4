import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Task } from '../src/contract/task/state.ts';
import { createDesktopPeer, type DesktopPeer } from '../test/support/desktop-peer.ts';
import { until } from '../test/support/until.ts';
import { openXKeyboard, type XKeyboard } from '../test/support/x-keyboard.ts';
import { createDesktopHome, type DesktopApp, type DesktopHome } from './desktop-app.ts';

let peer: DesktopPeer;
let home: DesktopHome;
let app: DesktopApp;
let keyboard: XKeyboard;

beforeAll(async () => {
  peer = await createDesktopPeer();
  home = await createDesktopHome();
  app = await home.start();
  keyboard = await openXKeyboard();
  await app.board();
});
afterAll(async () => {
  keyboard?.close();
  await home?.remove();
  peer?.close();
});

afterEach(() => endAll());

/** A task that asks for leave to run `npm install --global typescript`, and the approval once it waits. */
async function ask(goal: string, directive = 'asks tool=Bash count=1') {
  const before = new Set((await pending()).map(({ id }) => id));
  const task = await home.createTask(app, `${goal}\ndemo: ${directive}`);
  const approval = await until(async () => (await pending()).find(({ id }) => !before.has(id)), 'the approval');
  return { task, approval };
}
const pending = async () => (await app.client.approvals.list({ status: ['pending'] })).approvals;
const answerOf = async (approvalId: string) => (await app.client.approvals.get({ approvalId })).decision;
const menuLabels = async () => (await peer.menu()).filter((label) => typeof label === 'string');
/** Notifications of approvals, the newest last. */
const asking = () => peer.notifications().filter(({ title }) => /^Allow\?|approvals wait/.test(title));
const settled = (task: Task) =>
  until(async () => (await app.client.tasks.get({ taskId: task.id })).task.status === 'completed', 'the task');
/** Ends everything that runs, and with it what was asked. */
const endAll = async () => {
  const { tasks } = await app.client.tasks.list({ status: ['running', 'queued'] });
  for (const { id } of tasks) {
    await app.client.tasks.stop({ taskId: id }).catch((error: unknown) => {
      // It was over before it could be stopped.
      if (!/is not running/.test(String(error))) throw error;
    });
  }
  await until(async () => (await pending()).length === 0, 'nothing to be asked');
  await popUpShows(false);
  // What failed would need somebody until something is done about it.
  const { tasks: over } = await app.client.tasks.list({ status: ['failed'] });
  for (const { id } of over) await app.client.tasks.archive({ taskId: id, archived: true });
  await until(async () => /nothing is running/.test(await peer.tooltip()), 'everything to be over');
};
const popUpShows = (visible: boolean) =>
  until(async () => (await app.isVisible('pop-up')) === visible, `the pop-up to be ${visible ? 'there' : 'gone'}`);

describe('an approval', () => {
  it('shows a pop-up once nobody looks at the board, leaves the keyboard where it is, and can be answered in the tray', async () => {
    await app.toWindow('board', (window) => window.focus());
    await until(() => app.toWindow('board', (window) => window.isFocused()), 'the board to have the keyboard');
    const { task, approval } = await ask('Install things');
    await until(async () => (await peer.tooltip()) === 'Drover: 1 needs you', 'the tooltip');
    await until(async () => (await pending()).length === 1, 'the approval');
    expect(await app.isVisible('pop-up')).toBe(false);

    // As the window of another program.
    await app.electron.evaluate(({ BrowserWindow }) => {
      const other = new BrowserWindow({ width: 300, height: 200 });
      Object.assign(globalThis, { other });
      other.focus();
    });
    await popUpShows(true);
    expect(await app.toWindow('pop-up', (window) => window.isFocused())).toBe(false);
    expect(await app.toWindow('pop-up', (window) => window.isAlwaysOnTop())).toBe(true);
    const other = <T>(what: string) =>
      app.electron.evaluate(
        (_electron, body) => new Function('other', body)((globalThis as never as { other: never }).other),
        what,
      ) as Promise<T>;
    expect(await other<boolean>('return other.isFocused()')).toBe(true);

    await app.toWindow('board', (window) => window.focus());
    await popUpShows(false);
    await other('other.destroy()');
    await app.toWindow('board', (window) => window.hide());
    await popUpShows(true);
    await until(async () => (await peer.tooltip()) === 'Drover: 1 needs you', 'the tooltip');
    const [heading, label, entries] = await peer.menu();
    expect(heading).toBe('(Needs you)');
    expect(label).toBe('Install things');
    expect(entries).toEqual([expect.stringMatching(/^\(.*\)$/), 'Allow', 'Deny', 'Open…']);
    await peer.choose(String(label), 'Allow');
    await until(async () => (await pending()).length === 0, 'the answer');
    expect(await answerOf(approval.id)).toMatchObject({ decision: 'allow', by: 'user', from: 'tray', scope: 'once' });
    await popUpShows(false);
    await settled(task);
  });

  it('can be answered by the buttons of a notification, which goes when it is answered elsewhere', async () => {
    await app.toWindow('board', (window) => window.hide());
    const { approval } = await ask('Install <b>more</b>');
    const shown = await until(
      () => asking().findLast(({ isOpen, actions }) => isOpen && actions.includes('deny')),
      'buttons',
    );
    expect(shown.actions).toEqual(['default', 'allow', 'deny']);
    expect(shown.body).toContain('&lt;b&gt;more&lt;/b&gt;');
    expect(shown.hints).toMatchObject({ urgency: 2, 'suppress-sound': true });
    peer.clickNotification(shown.id, 'deny');
    await until(async () => (await pending()).length === 0, 'the answer');
    expect(await answerOf(approval.id)).toMatchObject({ decision: 'deny', from: 'notification' });

    const other = await ask('Install others');
    const second = await until(() => asking().findLast(({ isOpen, id }) => isOpen && id > shown.id), 'it');
    await app.client.approvals.answer({ approvalId: other.approval.id, answer: { type: 'allow' } });
    await until(() => !second.isOpen, 'the notification to go');
  });

  it('that always asks can only be looked at from the tray and the notification', async () => {
    await app.toWindow('board', (window) => window.hide());
    const { approval } = await ask('Push it', 'asks tool=Bash count=2');
    await app.client.approvals.answer({ approvalId: approval.id, answer: { type: 'deny' } });
    const [dangerous] = await until(async () => {
      const waiting = await pending();
      return waiting[0] !== undefined && waiting[0].id !== approval.id ? waiting : null;
    }, 'the second approval');
    expect(dangerous?.reason?.by).toBe('protected');
    await until(async () => {
      const [, label, entries] = await peer.menu();
      return label === 'Push it' && Array.isArray(entries) && entries.length === 2 && entries[1] === 'Open…';
    }, 'the entry');
    const shown = await until(() => asking().findLast(({ isOpen, actions }) => isOpen && actions.length === 1), 'it');
    // A click looks at it: the pop-up gets the keyboard.
    peer.clickNotification(shown.id);
    await until(() => app.toWindow('pop-up', (window) => window.isFocused()), 'the pop-up to have the keyboard');
    await peer.choose(String((await menuLabels())[1]), 'Open…');
    const board = await app.board();
    await until(() => board.url().endsWith(`#/needs-you/${dangerous?.id}`), 'the approval in the board');
  });

  it('put aside stays aside until another one comes, or until the keys of the desktop bring it back', async () => {
    await app.toWindow('board', (window) => window.hide());
    await ask('One');
    await popUpShows(true);
    const page = await app.page('pop-up');
    await page.evaluate(() => (window as never as { desktop: { hide(): void } }).desktop.hide());
    await popUpShows(false);
    await keyboard.press('Control_L', 'Alt_L', 'a');
    await popUpShows(true);
    await until(() => app.toWindow('pop-up', (window) => window.isFocused()), 'the pop-up to have the keyboard');
    await page.evaluate(() => (window as never as { desktop: { hide(): void } }).desktop.hide());
    await popUpShows(false);
    await ask('Two');
    await popUpShows(true);
  });

  it('disturbs nobody who does not want it: neither by a notification nor by the pop-up', async () => {
    await peer.choose('Do not disturb', 'For an hour');
    const label = await until(
      async () => (await menuLabels()).find((each) => String(each).startsWith('Do not disturb until ')),
      'the quiet time in the menu',
    );
    const count = peer.notifications().length;
    await ask('Quietly');
    await until(async () => (await peer.tooltip()) === 'Drover: 1 needs you', 'the tooltip');
    expect(await app.isVisible('pop-up')).toBe(false);
    expect(peer.notifications()).toHaveLength(count);
    await peer.choose(String(label), 'Off');
    await until(async () => (await menuLabels()).includes('Do not disturb'), 'the end of it');
    expect(await app.client.settings.get({ key: 'attention.quietUntil' })).toMatchObject({ value: null });

    await endAll();

    // As Plasma says it, also while a screen is shared.
    peer.holdBack(true);
    await ask('Held back');
    await until(async () => (await peer.tooltip()).includes('1 needs you'), 'the tooltip');
    expect(await app.isVisible('pop-up')).toBe(false);
    peer.holdBack(false);
  });

  it('asked with many others fills neither the menu nor the screen', async () => {
    const count = asking().length;
    await ask('Many', 'asks tool=Bash count=30 together=1');
    await until(async () => (await pending()).length === 30, 'all of them');
    await until(async () => {
      const [, label, entries] = await peer.menu();
      return label === 'Many' && Array.isArray(entries) && entries.includes('… and 29 more');
    }, 'the rest of them');
    await until(() => asking().at(-1)?.title.endsWith('approvals wait for you'), 'the merged notification');
    // At once for the first, and one for what came within a second; with a slow machine one more.
    expect(asking().length - count).toBeLessThanOrEqual(3);
    await endAll();
    await until(() => asking().every(({ isOpen }) => !isOpen), 'the notifications to go');
  });
});

describe('a small window', () => {
  it('is as high as its page, but not higher than most of the screen, and takes no odd message', async () => {
    await ask('Look');
    await popUpShows(true);
    const page = await app.page('pop-up');
    // Its own page would tell its own height in between.
    await page.evaluate(() => document.querySelector('#root')?.remove());
    const heightAfter = async (height: unknown) => {
      await page.evaluate((wanted) => {
        (window as never as { desktop: { fit(height: unknown): void } }).desktop.fit(wanted);
      }, height);
      return app.toWindow('pop-up', (window) => window.getBounds().height);
    };
    await until(async () => (await heightAfter(333)) === 333, 'the height');
    const most = await until(async () => {
      const height = await heightAfter(5000);
      return height > 333 ? height : null;
    }, 'the greatest height');
    expect(most).toBeLessThanOrEqual(800);
    for (const odd of [-5, Number.NaN, '200', null, { height: 5 }]) expect(await heightAfter(odd)).toBe(most);
    await app.toWindow('pop-up', (window) => window.webContents.reload());
  });

  it('of quick capture comes with the keyboard by the keys of the desktop, which can be changed', async () => {
    await app.client.settings.set({ key: 'desktop.captureKeys', value: 'CommandOrControl+Alt+K' });
    await until(
      () => app.electron.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('CommandOrControl+Alt+K')),
      'the keys',
    );
    await keyboard.press('Control_L', 'Alt_L', 'k');
    await until(() => app.isVisible('capture'), 'quick capture');
    const page = await app.page('capture');
    await until(() => app.toWindow('capture', (window) => window.isFocused()), 'the keyboard');
    await page.evaluate(() => (window as never as { desktop: { hide(): void } }).desktop.hide());
    await until(async () => !(await app.isVisible('capture')), 'quick capture to go');

    await app.client.settings.set({ key: 'desktop.captureKeys', value: 'CommandOrControl+Alt+J' });
    await until(
      () => app.electron.evaluate(({ globalShortcut }) => !globalShortcut.isRegistered('CommandOrControl+Alt+K')),
      'the old keys to be free',
    );
    await peer.choose('Quick capture…');
    await until(() => app.isVisible('capture'), 'quick capture');
    // It shows the board only at places of ours.
    await page.evaluate(() => {
      const { desktop } = window as never as { desktop: { openBoard(address: string): void } };
      desktop.openBoard('https://example.invalid/');
      desktop.openBoard('#/new');
    });
    await until(async () => (await app.board()).url().endsWith('#/new'), 'the board');
    expect(await app.isVisible('capture')).toBe(false);
  });

  it('says in the window that keys cannot be had', async () => {
    await app.client.settings.set({ key: 'desktop.captureKeys', value: 'CommandOrControl+Alt+A' });
    const board = await app.board();
    await until(
      async () => /No keys for “Quick capture”/.test(await board.evaluate(() => document.body.innerText)),
      'it',
    );
  });
});
