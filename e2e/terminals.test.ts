import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDesktopPeer, type DesktopPeer } from '../test/support/desktop-peer.ts';
import { until } from '../test/support/until.ts';
import { createDesktopHome, type DesktopApp, type DesktopHome } from './desktop-app.ts';

let peer: DesktopPeer;
let home: DesktopHome;
beforeEach(async () => {
  peer = await createDesktopPeer();
  home = await createDesktopHome();
});
afterEach(async () => {
  await home?.remove();
  peer?.close();
});

const terminal = (page: Page) => page.getByRole('region', { name: /^Terminal “/ });
/** What the window has drawn, as a screen reader finds it. */
const shown = async (page: Page) =>
  (await page.locator('.xterm-accessibility-tree > *').allInnerTexts())
    .map((row) => row.replaceAll('\u00a0', ' ').trimEnd())
    .join('\n')
    .trimEnd();
const shows = (page: Page, text: RegExp) => expect.poll(() => shown(page)).toMatch(text);
async function run(page: Page, command: string): Promise<void> {
  await page.keyboard.type(command);
  await page.keyboard.press('Enter');
}
async function inTerminal(page: Page): Promise<void> {
  await terminal(page).waitFor();
  await expect.poll(() => terminal(page).evaluate((one) => one.contains(document.activeElement))).toBe(true);
}

/** Shows the terminals of a task. */
async function openTab(page: Page, taskId: string): Promise<void> {
  await page.evaluate((id) => {
    localStorage.setItem('drover.terminal.spoken', 'on');
    location.hash = `#/tasks/${id}`;
  }, taskId);
  await page.getByRole('tab', { name: 'Terminal', exact: true }).click();
}

async function settledTask(app: DesktopApp): Promise<string> {
  const { id } = await home.createTask(app, 'Look around\n\ndemo: instant');
  await until(async () => (await app.client.tasks.get({ taskId: id })).task.status === 'completed', 'the end');
  return id;
}

it('shows a terminal as it is after a reload in the middle of its output, and in the next window', async () => {
  const app = await home.start();
  const taskId = await settledTask(app);
  let page = await app.board();
  await openTab(page, taskId);
  await page.getByRole('button', { name: 'Open a terminal' }).click();
  await inTerminal(page);
  await shows(page, /[$#%>]/);
  // A program that waits for a file tells when it is in the middle.
  const go = path.join(home.folder, 'go');
  await run(
    page,
    `for i in $(seq 1 400); do echo row-$i; [ $i = 200 ] && until [ -e '${go}' ]; do sleep 0.05; done; done`,
  );
  await shows(page, /row-200$/);
  const [{ id: terminalId } = { id: '' }] = await app.client.terminals.list({ taskId });
  const asHostHas = async () => {
    const { text } = await app.client.terminals.read({ terminalId, lines: 0 });
    return text
      .split('\n')
      .map((row) => row.trimEnd())
      .join('\n');
  };
  await page.reload();
  await openTab(page, taskId);
  await inTerminal(page);
  await shows(page, /row-200$/);
  await run(page, 'echo typed while busy');
  await app.client.terminals
    .open({ taskId, name: 'Helper' })
    .then(({ id }) => app.client.terminals.send({ terminalId: id, text: `touch '${go}'\n` }));
  await shows(page, /row-400[\s\S]*\ntyped while busy\n.*[$#%>]$/);
  await expect.poll(async () => (await shown(page)) === (await asHostHas())).toBe(true);
  const { text } = await app.client.terminals.read({ terminalId, lines: 1000 });
  const rows = [...text.matchAll(/^row-(\d+)$/gm)].map((row) => Number(row[1]));
  expect(rows).toEqual(Array.from({ length: 400 }, (_, at) => at + 1));

  // The window is closed for good, and another one opened by the tray.
  const before = await shown(page);
  const closed = page.waitForEvent('close');
  await app.toWindow('board', (window) => window.destroy());
  await closed;
  await peer.choose('Open board');
  page = await app.board();
  await openTab(page, taskId);
  await inTerminal(page);
  await expect.poll(async () => (await shown(page)) === (await asHostHas())).toBe(true);
  // The window may be higher or lower than the one before: then the screen begins elsewhere, and ends as it did.
  const after = await shown(page);
  expect(after.endsWith(before) || before.endsWith(after)).toBe(true);
  expect(after).toMatch(/row-400/);
  await run(page, 'echo still $((40 + 2))');
  await shows(page, /still 42\n.*[$#%>]$/);
});

it('has a new shell below the old screen after it was killed, and leaves nothing of the old one', async () => {
  const first = await home.start();
  const taskId = await settledTask(first);
  const page = await first.board();
  await openTab(page, taskId);
  await page.getByRole('button', { name: 'Open a terminal' }).click();
  await inTerminal(page);
  await shows(page, /[$#%>]/);
  // It has left its terminal, and would outlive it.
  const noted = path.join(home.folder, 'pid');
  await run(
    page,
    `setsid sh -c 'echo $$ > "${noted}.part"; mv "${noted}.part" "${noted}"; exec sleep 3000' & echo before`,
  );
  await until(() => existsSync(noted), 'the process');
  await shows(page, /\nbefore/);
  const [{ id } = { id: '' }] = await first.client.terminals.list({ taskId });
  const screen = path.join(home.dataFolder, 'terminals', `${id}.screen`);
  await until(() => existsSync(screen) && /\nbefore/.test(readFileSync(screen, 'utf8')), 'the screen on the disk');
  const pid = Number(readFileSync(noted, 'utf8'));
  expect(isAlive(pid)).toBe(true);
  await first.kill();

  const second = await home.start();
  await until(() => !isAlive(pid), 'the end of what was left');
  const again = await second.board();
  await openTab(again, taskId);
  await inTerminal(again);
  await shows(again, /\nbefore[\s\S]*Drover has ended since: a new shell, above is the old screen\]\n.*[$#%>]$/);
  await run(again, 'echo after $((40 + 2))');
  await shows(again, /after 42/);
});

function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
