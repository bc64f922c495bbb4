import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { FORMS, seriousInForms } from './axe.ts';
import { card, column, createBoardHome } from './board-home.ts';
import { describeInBrowser, useHome } from './use-home.ts';

describeInBrowser('an open task', () => {
  const home = useHome((browser) => createBoardHome(browser));

  const list = (page: Page) => page.getByRole('navigation', { name: 'Tasks' });
  const openTitle = (page: Page) =>
    page.getByRole('region', { name: 'Task', exact: true }).getByRole('heading').first();
  const titles = (page: Page) => list(page).locator('[data-task] > :nth-child(2)').allInnerTexts();

  it('replaces the board, with the others grouped at its left, and gives it back where one was', async () => {
    await home.finished('Finished');
    for (const goal of ['One', 'Two']) await home.draft(goal);
    const { page, problems } = await home.open();
    await card(page, 'Finished').click();
    await list(page).waitFor();
    expect(await column(page, 'Review').count()).toBe(0);
    expect(await titles(page)).toEqual(['Finished', 'One', 'Two']);
    const current = list(page).locator('[aria-current=true]');
    expect(await current.innerText()).toContain('Finished');

    await page.keyboard.press('j');
    await expect.poll(() => current.innerText()).toContain('One');
    expect(await openTitle(page).innerText()).toBe('One');
    await current.focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => openTitle(page).innerText()).toBe('Two');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Two');
    // There is none below.
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await expect.poll(() => openTitle(page).innerText()).toBe('One');

    await list(page).getByRole('button', { name: 'Backlog 2' }).click();
    await expect.poll(() => titles(page)).toEqual(['Finished']);
    await page.reload();
    // What is open is in sight.
    await expect.poll(() => titles(page)).toEqual(['Finished', 'One', 'Two']);
    expect(await seriousInForms(page, FORMS.wide)).toEqual([]);

    await page.keyboard.press('Escape');
    await column(page, 'Review').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('One');
    expect(problems).toEqual([]);
  });

  it('has a list whose width is moved by keys and by mouse, and kept', async () => {
    await home.draft('One');
    const { page } = await home.open();
    await card(page, 'One').click();
    const splitter = page.getByRole('separator', { name: 'Width of the task list' });
    const width = async () => Math.round((await list(page).boundingBox())?.width ?? 0);
    await splitter.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(width).toBe(316);
    const { x = 0, y = 0 } = (await splitter.boundingBox()) ?? {};
    await page.mouse.move(x, y + 100);
    await page.mouse.down();
    await page.mouse.move(x + 84, y + 100, { steps: 3 });
    await page.mouse.up();
    await expect.poll(width).toBe(400);
    await page.reload();
    await expect.poll(width).toBe(400);
  });

  it('stands alone where there is little room, with a way back', async () => {
    await home.draft('One');
    const { page } = await home.open({ width: 390, height: 780 });
    await card(page, 'One').click();
    await openTitle(page).waitFor();
    expect(await list(page).count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.getByRole('button', { name: 'Back to the tasks' }).click();
    await card(page, 'One').waitFor();
  });

  it('has the same menu on its card, by the right button', async () => {
    const { id } = await home.finished('Finished');
    const { page, problems } = await home.open();
    const menu = page.getByRole('menu');
    const lines = async () => (await menu.getByRole('menuitem').allInnerTexts()).map((text) => text.split('\n')[0]);
    await card(page, 'Finished').click({ button: 'right' });
    await menu.waitFor();
    const onCard = await lines();
    expect(onCard[0]).toBe('Open');
    await menu.getByRole('menuitem', { name: 'Mark done' }).click();
    await until(async () => (await home.host.get(id)).acceptedAt !== null, 'the mark');

    await column(page, 'Done').locator('[data-task]').waitFor();
    await card(page, 'Finished').click();
    await page.getByRole('button', { name: 'More actions' }).click();
    await menu.waitFor();
    expect(await lines()).toEqual(onCard.slice(1).map((name) => (name === 'Mark done' ? 'Back to review' : name)));
    expect(problems).toEqual([]);
  });
});
