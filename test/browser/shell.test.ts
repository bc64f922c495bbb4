import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { must, USER } from '../support/host.ts';
import { card, createBoardHome } from './board-home.ts';
import { describeInBrowser, useHome } from './use-home.ts';

describeInBrowser('the frame of the window', () => {
  const home = useHome(createBoardHome);

  const sidebar = (page: Page) => page.getByRole('navigation', { name: 'Places and projects' });
  const here = (page: Page) => sidebar(page).locator('[aria-current]').allInnerTexts();
  const go = (page: Page, hash: string) =>
    page.evaluate((to) => {
      location.hash = to;
    }, hash);

  async function blocked(): Promise<void> {
    const task = await home.draft('A blocked one', ['Publish']);
    const { api } = home.host.core;
    must(await api.items.set({ taskId: task.id, itemId: '1', status: 'blocked', reason: 'No password' }, USER));
    must(await api.tasks.start({ taskId: task.id }, USER));
  }

  it('says in one place where one is, and how much needs a person', async () => {
    await blocked();
    await home.draft('A quiet one');
    const { page, problems } = await home.open();
    await card(page, 'No password').waitFor();
    expect(await here(page)).toEqual(['All tasks\n2']);
    await sidebar(page).getByRole('button', { name: 'Needs you 1', exact: true }).click();
    await expect.poll(() => here(page)).toEqual(['Needs you\n1']);
    expect(await page.getByRole('radiogroup', { name: 'View' }).count()).toBe(0);
    // A name, and what is read after it; the projects are a part of their own to those who go by headings.
    await sidebar(page).getByRole('heading', { name: 'Projects' }).waitFor();
    await sidebar(page).locator('[aria-description="2 tasks, 1 needs you, Untrusted"]').click();
    await card(page, 'A quiet one').waitFor();
    expect((await here(page)).length).toBe(1);
    await sidebar(page).getByRole('button', { name: 'Archived' }).click();
    await expect.poll(() => here(page)).toEqual(['Archived']);
    // The settings have places of their own.
    await sidebar(page).getByRole('button', { name: 'Settings' }).click();
    await sidebar(page).waitFor({ state: 'hidden' });
    await go(page, '#/board');
    await sidebar(page).waitFor();
    expect(problems).toEqual([]);
  });

  it('has icons only where the window is narrow, with names at the mouse and for the keys', async () => {
    await blocked();
    const { page } = await home.open({ width: 900, height: 600 });
    await card(page, 'No password').waitFor();
    const bar = sidebar(page);
    expect((await bar.boundingBox())?.width).toBeLessThan(60);
    expect(await bar.getByText('All tasks').isVisible()).toBe(true);
    await bar.getByRole('button', { name: 'Needs you 1', exact: true }).hover();
    await page.getByRole('tooltip').filter({ hasText: 'Needs you (I)' }).waitFor();
    await page.mouse.move(500, 300);
    await bar.getByRole('button', { name: 'Needs you 1', exact: true }).focus();
    await page.keyboard.press('Tab');
    await page.getByRole('tooltip').filter({ hasText: 'All tasks' }).waitFor();
    await page.setViewportSize({ width: 390, height: 780 });
    await bar.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Show navigation' }).click();
    await bar.getByText('Pause', { exact: true }).waitFor();
  });

  it('says once that Drover was interrupted, and what became of the tasks', async () => {
    const task = await home.draft('Went on');
    const { core } = home.host;
    const { recovered } = core;
    core.recovered = () => ({ taskIds: [task.id], resumed: true });
    try {
      const { page } = await home.open();
      const notice = page.getByRole('status').filter({ hasText: 'Drover was interrupted; 1 task resumed.' });
      await notice.getByRole('button', { name: 'Dismiss' }).click();
      await notice.waitFor({ state: 'detached' });
      await page.reload();
      await card(page, 'Went on').waitFor();
      expect(await notice.count()).toBe(0);
      await page.evaluate(() => localStorage.removeItem('drover.restart-seen'));
      await page.reload();
      await notice.getByRole('button', { name: 'View' }).click();
      await page.getByRole('region', { name: 'Task' }).getByText('Went on').first().waitFor();
    } finally {
      core.recovered = recovered;
    }
  });

  it('shows notices in the corner, above the box for messages', async () => {
    const task = await home.finished('Finished');
    const { page } = await home.open({ hash: `#/tasks/${task.id}` });
    await page.getByLabel('Message to the agent').waitFor();
    await page.getByRole('button', { name: 'Mark done' }).waitFor();
    await page.keyboard.press('a');
    const notice = page.getByRole('alert').filter({ hasText: 'Undo' });
    await notice.waitFor();
    const shown = await notice.boundingBox();
    const box = await page.locator('[data-message-box]').boundingBox();
    expect(box === null || (shown !== null && shown.y + shown.height <= box.y)).toBe(true);
    expect(shown?.x).toBeGreaterThan(800);
  });

  it('has a palette that begins with the newest tasks, and finds by words only', async () => {
    await home.draft('Connect the payment service');
    await home.draft('Show prices');
    const { page } = await home.open();
    await card(page, 'Show prices').waitFor();
    await page.keyboard.press('Control+k');
    const chosen = page.locator('[data-action][data-selected]');
    await chosen.getByText('Show prices').waitFor();
    await page.keyboard.type('price');
    await expect.poll(() => page.locator('[data-action]').allInnerTexts()).toHaveLength(1);
    expect(await chosen.locator('mark').innerText()).toBe('price');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Task' }).getByText('Show prices').first().waitFor();
  });
});
