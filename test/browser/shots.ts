// `npm run shots`: a picture of every screen, in light and dark, wide and narrow, for people to look at.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright';
import { until } from '../support/until.ts';
import { createWindowHome, startBrowser, type WindowHome } from './window-home.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../docs/screenshots');
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

async function fill(home: WindowHome): Promise<string> {
  const { client } = home;
  const { id: projectId } = await client.projects.add({ path: home.repository.path, name: 'sample' });
  const agent = { agent: 'demo' };
  const make = (goal: string, items: readonly string[], start: boolean) =>
    client.tasks.create({ projectId, goal, items: items.map((text) => ({ text })), agent, start });
  const done: string[] = [];
  for (const [goal, items] of GOALS) done.push((await make(goal, items, true)).id);
  const failing = await make('Publish the package\n\ndemo: block', ['Sign in to the registry', 'Publish'], true);
  done.push(failing.id);
  for (const id of done) {
    await until(
      async () => !['queued', 'running'].includes((await client.tasks.get({ taskId: id })).task.status),
      'the task',
      60_000,
    );
  }
  await make('Measure how long the start takes', ['Write a benchmark', 'Run it ten times'], false);
  await make('Keep running\n\ndemo: stall', ['Wait for the build'], true);
  return done[0] ?? '';
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(250);
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`) });
}

const browser = await startBrowser();
const home = await createWindowHome();
try {
  await mkdir(FOLDER, { recursive: true });
  const welcome = await home.open(browser);
  await welcome.page.getByRole('heading', { name: 'Welcome to Drover' }).waitFor();
  await welcome.page.getByText('demo', { exact: true }).first().waitFor();
  await shoot(welcome.page, 'welcome-light');
  await welcome.page.context().close();

  const taskId = await fill(home);
  for (const form of FORMS) {
    const { page } = await home.open(browser, form);
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
    await at(`#/tasks/${taskId}`, 'task', '[aria-label="Task"]');
    await at('#/settings', 'settings', 'h1');
    await at('#/new', 'new-task', '[role=dialog] textarea');
    await page.context().close();
  }
} finally {
  await browser.close();
  await home.remove();
}
