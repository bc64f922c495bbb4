import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { FORMS, seriousInForms } from './axe.ts';
import { describeInBrowser, ownHome, useHome } from './use-home.ts';
import { createWindowHome } from './window-home.ts';

describeInBrowser('the window in a browser', () => {
  const home = useHome(createWindowHome);

  const card = (page: Page, title: string) => page.locator('[data-task]', { hasText: title });
  const column = (page: Page, name: string) => page.getByRole('region', { name: new RegExp(`^${name}: `) });
  it('takes a person from nothing to a finished task, nudge included', async () => {
    const home = await ownHome((browser) => createWindowHome(browser, { project: false }));
    const { page, problems } = await home.open();
    await page.getByLabel('Folder').fill(`${home.repository.path}/nowhere`);
    await page.getByRole('button', { name: 'Add project' }).click();
    await expect.poll(() => page.getByLabel('Folder').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Folder').fill(home.repository.path);
    await page.getByRole('button', { name: 'Add project' }).click();
    await page.getByRole('button', { name: 'Write a task' }).click();

    const dialog = page.getByRole('dialog', { name: 'New task' });
    await dialog.getByLabel('Goal').fill('# Tidy the house\n\nAll of it.');
    await dialog.getByRole('button', { name: 'Add item' }).click();
    await page.keyboard.type('Write the first file');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Write the second file');
    // What was typed is there again after a reload.
    await page.reload();
    await expect.poll(() => dialog.getByLabel('Goal').inputValue()).toContain('Tidy the house');
    await expect.poll(() => dialog.getByLabel('Item 2', { exact: true }).inputValue()).toBe('Write the second file');
    await dialog.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('region', { name: 'Task' }).waitFor();
    await page.getByRole('button', { name: 'Back to the tasks' }).click();

    await column(page, 'Review').locator('[data-task]', { hasText: 'Tidy the house' }).waitFor();
    expect(await card(page, 'Tidy the house').innerText()).toContain('2/2');
    const [task] = (await home.client.tasks.list({})).tasks;
    const { events } = await home.client.tasks.log({ taskId: task?.id ?? '', limit: 1000 });
    expect(events.filter(({ event }) => event.type === 'turn.requested' && event.kind === 'nudge')).toHaveLength(1);
    expect(problems).toEqual([]);
  });

  it('says that the connection is lost, comes back, and shows every task once', async () => {
    const home = await ownHome(createWindowHome);
    const { projectId } = home;
    await home.client.tasks.create({ projectId, goal: 'Before', agent: { agent: 'demo' } });
    const { page } = await home.open();
    await card(page, 'Before').waitFor();
    await home.daemon.stop();
    await page.getByText('The connection to Drover is lost').waitFor();
    const database = path.join(home.folder, 'data', 'drover.db');
    const old = await readFile(database);
    await home.start();
    await page.getByText('The connection to Drover is lost').waitFor({ state: 'detached', timeout: 20_000 });
    await home.client.tasks.create({ projectId, goal: 'After', agent: { agent: 'demo' }, start: true });
    await column(page, 'Review').locator('[data-task]', { hasText: 'After' }).waitFor();
    expect(await page.locator('[data-task]').count()).toBe(2);

    // A backup is put back: what the page knows no longer holds, and it begins again with what there is.
    await home.daemon.stop();
    await writeFile(database, old);
    await home.start();
    await card(page, 'After').waitFor({ state: 'detached', timeout: 20_000 });
    await card(page, 'Before').waitFor();
  });

  it('is used without a mouse', async () => {
    const { projectId } = home;
    const agent = { agent: 'demo' };
    for (const goal of ['One', 'Two', 'Three']) await home.client.tasks.create({ projectId, goal, agent });
    const { page, problems } = await home.open();
    await card(page, 'Three').focus();
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Two');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('One');
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Start 2' }).click();
    await expect.poll(() => column(page, 'Review').locator('[data-task]').count()).toBe(2);
    await card(page, 'Three').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Task' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Delete: Three');
    await page.keyboard.press('Enter');
    await page.getByText('“Three” is deleted.').waitFor();
    await card(page, 'Three').waitFor({ state: 'detached' });
    await page.keyboard.press('/');
    await page.keyboard.type('one');
    await expect.poll(() => page.locator('[data-task]').count()).toBe(1);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('[data-task]').count()).toBe(2);
    expect(problems).toEqual([]);
  });

  it('has nothing serious against it for axe, light and dark', async () => {
    const { projectId } = home;
    const agent = { agent: 'demo' };
    await home.client.tasks.create({ projectId, goal: 'A draft', agent });
    const failing = await home.client.tasks.create({
      projectId,
      goal: 'Blocked\n\ndemo: block',
      items: [{ text: 'one' }],
      agent,
      start: true,
    });
    await until(async () => (await home.client.tasks.get({ taskId: failing.id })).task.status === 'failed', 'the end');
    const { page, problems } = await home.open();
    for (const [hash, ready] of [
      ['#/board', '[data-task]'],
      ['#/list', 'table [data-task]'],
      [`#/tasks/${failing.id}`, '[aria-label="Task"] h2'],
      ['#/settings', 'h1:has-text("Settings")'],
      ['#/new', '[role=dialog] textarea'],
    ] as const) {
      await page.evaluate((to) => {
        location.hash = to;
      }, hash);
      await page.locator(ready).first().waitFor();
      expect(await seriousInForms(page, FORMS.wide), hash).toEqual([]);
    }
    expect(problems).toEqual([]);
  });

  it('fits a phone: nothing is wider than the screen, the task fills it', async () => {
    const { projectId } = home;
    await home.client.tasks.create({ projectId, goal: 'Small', agent: { agent: 'demo' } });
    const { page } = await home.open({ width: 390, height: 780 });
    await card(page, 'Small').click();
    const panel = page.getByRole('region', { name: 'Task' });
    await expect.poll(async () => (await panel.boundingBox())?.width).toBe(390);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});
