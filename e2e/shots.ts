// `npm run shots`: a picture of every screen, in light and dark, wide and narrow, for people to look at.
// In the Electron that is run, because another Chromium may lay things out otherwise.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright';
import { until } from '../test/support/until.ts';
import { createDesktopHome, type DesktopApp, type DesktopHome } from './desktop-app.ts';

const FOLDER = path.resolve(import.meta.dirname, '../docs/screenshots');
const FORMS = [
  { name: 'light', width: 1280, height: 800, colorScheme: 'light' },
  { name: 'dark', width: 1280, height: 800, colorScheme: 'dark' },
  { name: 'small', width: 900, height: 600, colorScheme: 'light' },
  { name: 'phone', width: 390, height: 780, colorScheme: 'dark' },
] as const;

const GOALS: readonly [goal: string, items: readonly string[]][] = [
  ['Add a dark theme to the settings page', ['Find all colours', 'Move them into variables', 'Add the switch']],
  ['Update the readme: how to install, how to run, how to contribute', ['Read the code', 'Write it']],
  ['Fix the date picker in February', []],
];

interface Shown {
  /** A finished task, one that asks, and one with a command that waits. */
  done: string;
  asking: string;
  waiting: string;
}

async function fill({ client }: DesktopApp, { repository }: DesktopHome): Promise<Shown> {
  const { id: projectId } = await client.projects.add({ path: repository.path, name: 'sample' });
  await client.settings.set({ key: 'task.slots', value: 10 });
  await client.settings.set({ key: 'task.stallMs', value: 1000 });
  const agent = { agent: 'demo' };
  const make = async (goal: string, items: readonly string[], more: object = {}) => {
    const spec = { projectId, goal, items: items.map((text) => ({ text })), agent, start: true, ...more };
    return (await client.tasks.create(spec)).id;
  };
  const ends = (taskId: string) =>
    until(
      async () => !['queued', 'running'].includes((await client.tasks.get({ taskId })).task.status),
      'the task',
      60_000,
    );
  const asks = (count: number) =>
    until(
      async () => (await client.approvals.list({ status: ['pending'] })).pending >= count,
      `${count} approvals`,
      30_000,
    );
  const done: string[] = [];
  for (const [goal, items] of GOALS) done.push(await make(goal, items));
  done.push(await make('Publish the package\n\ndemo: block', ['Sign in to the registry', 'Publish']));
  for (const id of done) await ends(id);
  await client.rules.add({
    tool: 'Bash',
    pattern: 'npm run *',
    scope: { type: 'project', projectId },
    decision: 'allow',
  });
  await client.rules.add({ tool: 'Bash', pattern: 'git push *', scope: { type: 'everywhere' }, decision: 'ask' });
  await client.rules.add({ tool: 'Read', pattern: 'secrets/**', scope: { type: 'everywhere' }, decision: 'deny' });
  const asking = await make('Prepare the release\n\ndemo: asks count=2', ['Bump the version', 'Write the notes']);
  await asks(1);
  const [first] = (await client.approvals.list({ status: ['pending'] })).approvals;
  await client.approvals.answer({
    approvalId: first?.id ?? '',
    answer: { type: 'allow', scope: 'once' },
    from: 'tray',
  });
  await until(async () => {
    const [next] = (await client.approvals.list({ status: ['pending'] })).approvals;
    return next !== undefined && next.id !== first?.id;
  }, 'the second question');
  await make('Keep notes in a database\n\ndemo: question', ['Choose', 'Write it'], {});
  await asks(2);
  await make('Split the server in two\n\ndemo: plan', ['Plan', 'Do it'], { autonomy: 'plan' });
  await asks(3);
  await make('Write the guide\n\ndemo: asks tool=Edit count=1', ['Write it'], { autonomy: 'ask' });
  await asks(4);
  const waiting = await make('Set up the new site\n\ndemo: waits', ['Create it']);
  await until(async () => (await client.tasks.get({ taskId: waiting })).task.stall !== null, 'the stall');
  await make('Measure how long the start takes', ['Write a benchmark', 'Run it ten times'], { start: false });
  await make('Keep running\n\ndemo: stall', ['Wait for the build']);
  return { done: done[0] ?? '', asking, waiting };
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(250);
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`) });
}

interface Form {
  width: number;
  height: number;
  colorScheme: 'light' | 'dark';
}

/** Shows a place of the window in a form, loaded anew. */
async function open(page: Page, hash: string, { width, height, colorScheme }: Form): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await app.electron.evaluate(
    ({ BrowserWindow }, size) => {
      // The oldest: others are made beside it when something waits.
      const [window] = BrowserWindow.getAllWindows().sort((one, other) => one.id - other.id);
      window?.setMinimumSize(1, 1);
      window?.setContentSize(size.width, size.height);
    },
    { width, height },
  );
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
  await page.reload();
  await until(() => page.evaluate((wanted) => innerWidth === wanted, width), 'the size');
}

const home = await createDesktopHome();
const app = await home.start();
try {
  await mkdir(FOLDER, { recursive: true });
  const page = await app.board();
  for (const form of FORMS) {
    await open(page, '#/board', form);
    await page.getByRole('heading', { name: 'Welcome to Drover' }).waitFor();
    await shoot(page, `welcome-${form.name}`);
  }

  const shown = await fill(app, home);
  for (const form of FORMS) {
    await open(page, '#/board', form);
    const at = async (hash: string, name: string, ready: string) => {
      await page.evaluate((to) => {
        location.hash = to;
      }, hash);
      await page.locator(ready).first().waitFor();
      await shoot(page, `${name}-${form.name}`);
    };
    await at('#/board', 'board', '[data-task]');
    await at('#/list', 'list', 'table [data-task]');
    await at('#/board', 'board', '[data-task]');
    await at('#/approvals', 'approvals', 'article h2');
    await at('#/rules', 'rules', 'table');
    await at('#/audit', 'audit', 'section li');
    await at(`#/tasks/${shown.asking}`, 'task-asks', 'article h2');
    await at(`#/tasks/${shown.waiting}`, 'task-stall', '[aria-label="Waiting for input"]');
    await at(`#/tasks/${shown.done}`, 'task', '[aria-label="Task"]');
    for (const tab of ['Checklist', 'Changes', 'Log', 'Details']) {
      await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
      if (tab === 'Changes') await page.getByText('Done by the demo agent.').first().waitFor();
      await shoot(page, `task-${tab.toLowerCase()}-${form.name}`);
    }
    await page.keyboard.press('Delete');
    await page.getByRole('dialog').waitFor();
    await shoot(page, `delete-${form.name}`);
    await page.keyboard.press('Escape');
    await at('#/settings', 'settings', 'h1');
    await at('#/new', 'new-task', '[role=dialog] textarea');
    await page.keyboard.press('Escape');
    await at('#/board', 'board', '[data-task]');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await shoot(page, `palette-${form.name}`);
    await page.keyboard.press('Escape');
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [hash, name, size, ready] of [
      ['#/pop-up', 'pop-up', { width: 440, height: 360 }, 'article h2'],
      ['#/capture', 'capture', { width: 560, height: 240 }, 'textarea'],
    ] as const) {
      await open(page, hash, { ...size, colorScheme });
      await page.locator(ready).first().waitFor();
      await shoot(page, `${name}-${colorScheme}`);
    }
  }
} finally {
  await home.remove();
}
