import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { FORMS, seriousInForms } from './axe.ts';
import { inTerminal, runIn, shows, terminalIn, withSpokenTerminals } from './terminal-page.ts';
import { describeInBrowser, useHome } from './use-home.ts';
import { createWindowHome } from './window-home.ts';

/** `DROVER_ROUNDS=100` plays all that is promised. */
const ROUNDS = Number(process.env.DROVER_ROUNDS ?? 3);

describeInBrowser('the panel of terminals', () => {
  const home = useHome(createWindowHome);
  const panel = (page: Page) => page.getByRole('region', { name: 'Terminal panel' });
  const folderOf = async (page: Page, name: RegExp) => {
    await inTerminal(page);
    await shows(page, /[$#%>]/);
    await runIn(page, 'echo "here: $(basename "$PWD")"');
    await shows(page, name);
  };
  const focusIsIn = (page: Page, selector: string) =>
    expect.poll(() => page.evaluate((wanted) => document.activeElement?.closest(wanted) != null, selector)).toBe(true);

  it('opens and closes by its key, gives the focus back, and leaves all other keys to its terminals', async () => {
    const { page, problems } = await home.open({ hash: '#/board' });
    await withSpokenTerminals(page);
    const search = page.getByRole('searchbox', { name: 'Search tasks' });
    await search.focus();
    await page.keyboard.press('Control+j');
    await page.getByRole('button', { name: 'Open a terminal' }).waitFor();
    await focusIsIn(page, '[data-panel]');
    await page.keyboard.press('Enter');
    await folderOf(page, /here: repository-/);
    // Ctrl-K and N are keys of the window everywhere else.
    await page.keyboard.type('echo gone');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+k');
    await runIn(page, 'echo n$((40 + 2))');
    await shows(page, /\nn42/);
    expect(await page.getByRole('dialog').count()).toBe(0);

    await page.keyboard.press('Control+j');
    await panel(page).waitFor({ state: 'detached' });
    expect(await search.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.press('Control+j');
    await inTerminal(page);
    await shows(page, /\nn42/);
    // Out of the terminal Escape closes the panel, and nothing else.
    await page.keyboard.press('Control+Shift+Escape');
    await focusIsIn(page, '[role=tab]');
    await page.keyboard.press('Escape');
    await panel(page).waitFor({ state: 'detached' });
    expect(await search.evaluate((one) => one === document.activeElement)).toBe(true);
    expect(problems).toEqual([]);
  });

  it('keeps its height over a reload, without taking the focus then', async () => {
    const { page, problems } = await home.open({ hash: '#/board', width: 900, height: 600 });
    await home.client.terminals.open({ projectId: home.projectId });
    await page.locator('body').press('Control+j');
    await inTerminal(page);
    const splitter = page.getByRole('separator', { name: 'Height of the terminal panel' });
    await splitter.focus();
    await page.keyboard.press('ArrowUp');
    const height = async () => (await panel(page).boundingBox())?.height;
    await expect.poll(height).toBe(304);
    expect(await seriousInForms(page, FORMS.utmost)).toEqual([]);
    await page.reload();
    await terminalIn(page).waitFor();
    await expect.poll(height).toBe(304);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Leave the terminal').waitFor();
    expect(problems).toEqual([]);
  });

  it('shows the terminals of the open task, and those of a project that is chosen in the sidebar', async () => {
    const { id } = await home.client.tasks.create({
      projectId: home.projectId,
      goal: 'Look around\n\ndemo: instant',
      items: [{ text: 'One thing' }],
      agent: { agent: 'demo' },
      start: true,
    });
    await until(async () => (await home.client.tasks.get({ taskId: id })).task.status === 'completed', 'the end');
    const { page, problems } = await home.open({ hash: `#/tasks/${id}` });
    await withSpokenTerminals(page);
    await page.getByRole('heading', { name: 'Look around' }).waitFor();
    await page.locator('body').press('Control+j');
    await page.getByRole('button', { name: 'Open a terminal' }).click();
    await folderOf(page, new RegExp(`here: .*${id}`));
    const openFromSidebar = async () => {
      await page.getByRole('button', { name: 'Menu of “sample”' }).click();
      await page.getByRole('menuitem', { name: 'Open a terminal' }).click();
    };
    await openFromSidebar();
    await page.getByRole('button', { name: 'Terminals of sample; choose another place' }).waitFor();
    await folderOf(page, /here: repository-/);
    await page.getByRole('button', { name: 'Terminals of sample; choose another place' }).click();
    await page.getByRole('menuitem', { name: 'This task' }).click();
    await shows(page, new RegExp(`here: .*${id}`));
    const places = (await home.client.terminals.list({})).map(({ taskId }) => taskId);
    expect(places).toEqual([id, null]);
    expect(problems).toEqual([]);
  });

  it('gives a terminal that the task shows too the size of the one in use', async () => {
    const { id } = await home.client.tasks.create({
      projectId: home.projectId,
      goal: 'Look twice\n\ndemo: instant',
      items: [{ text: 'One thing' }],
      agent: { agent: 'demo' },
      start: true,
    });
    await until(async () => (await home.client.tasks.get({ taskId: id })).task.status === 'completed', 'the end');
    const { page, problems } = await home.open({ hash: `#/tasks/${id}` });
    await withSpokenTerminals(page);
    await page.getByRole('tab', { name: 'Terminal', exact: true }).click();
    await page.getByRole('button', { name: 'Open a terminal' }).press('Enter');
    await inTerminal(page);
    await shows(page, /[$#%>]/);
    const rows = async () => (await home.client.terminals.list({ taskId: id }))[0]?.size.rows ?? 0;
    const alone = await rows();
    await page.keyboard.press('Control+Shift+Escape');
    await page.keyboard.press('Control+j');
    const inPanel = panel(page).getByRole('region', { name: /^Terminal “/ });
    await expect.poll(() => inPanel.evaluate((one) => one.contains(document.activeElement))).toBe(true);
    await expect.poll(rows).toBeLessThan(alone);
    const small = await rows();
    // Who turns to the other one has the size of that, which has made room for the panel.
    const inTab = page
      .getByRole('tabpanel')
      .getByRole('region', { name: /^Terminal “/ })
      .first();
    await inTab.click();
    await expect.poll(rows).not.toBe(small);
    await runIn(page, 'clear; stty size');
    await expect
      .poll(async () => (await inTab.locator('.xterm-accessibility-tree').innerText()).trim())
      .toMatch(new RegExp(`^${await rows()} \\d+`, 'm'));
    await inPanel.click();
    await expect.poll(rows).toBe(small);
    await page.keyboard.press('Control+j');
    await panel(page).waitFor({ state: 'detached' });
    await expect.poll(rows).toBe(alone);
    expect(problems).toEqual([]);
  });

  it(`leaves no drawing context behind when it was opened and closed ${ROUNDS} times`, async () => {
    for (let count = 0; count < 4; count += 1) await home.client.terminals.open({ projectId: home.projectId });
    const { page, problems } = await home.open({ hash: '#/board' });
    await page.addInitScript(() => {
      const contexts: WebGL2RenderingContext[] = [];
      Object.assign(window, { contexts });
      const { getContext } = HTMLCanvasElement.prototype;
      HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...how: unknown[]) {
        const context = Reflect.apply(getContext, this, how) as unknown;
        if (context instanceof WebGL2RenderingContext) contexts.push(context);
        return context;
      } as typeof getContext;
    });
    await page.reload();
    const contexts = () =>
      page.evaluate(() => {
        const { contexts: all } = window as unknown as { contexts: WebGL2RenderingContext[] };
        return { made: all.length, alive: all.filter((one) => !one.isContextLost()).length };
      });
    for (let round = 0; round < ROUNDS; round += 1) {
      await page.locator('body').press('Control+j');
      for (let number = 1; number <= 4; number += 1) {
        await panel(page)
          .getByRole('tab', { name: `Terminal ${number}` })
          .click();
        await panel(page)
          .getByRole('region', { name: `Terminal “Terminal ${number}”` })
          .waitFor();
        await inTerminal(page);
      }
      await page.keyboard.press('Control+j');
      await panel(page).waitFor({ state: 'detached' });
    }
    // Where there is no WebGL none was made.
    await expect.poll(async () => (await contexts()).alive).toBe(0);
    expect(await page.locator('.xterm').count()).toBe(0);
    if (ROUNDS > 3) process.stdout.write(`${JSON.stringify(await contexts())}\n`);
    expect(problems).toEqual([]);
  });

  it('shows up to four beside or below each other, in tabs that can be ordered, and again after a reload', async () => {
    const { page, problems } = await home.open({ hash: '#/board' });
    await withSpokenTerminals(page);
    await page.locator('body').press('Control+j');
    await page.getByRole('button', { name: 'Open a terminal' }).click();
    await inTerminal(page);
    const act = async (name: string) => {
      await page.getByRole('button', { name: /^Actions for “/ }).click();
      await page.getByRole('menuitem', { name }).click();
    };
    const named = (name: string) => page.getByRole('region', { name: `Terminal “${name}”` });
    const isIn = (name: string) =>
      expect.poll(() => named(name).evaluate((one) => one.contains(document.activeElement))).toBe(true);
    const showsIn = (name: string, text: RegExp) =>
      expect.poll(() => named(name).locator('.xterm-accessibility-tree').innerText()).toMatch(text);
    const tabs = () => page.getByRole('tablist', { name: 'Terminals' }).getByRole('tab').allInnerTexts();

    await act('Split right');
    await isIn('Terminal 2');
    await showsIn('Terminal 2', /[$#%>]/);
    await runIn(page, 'echo second $((40 + 2))');
    await showsIn('Terminal 2', /second 42/);
    await page.getByRole('tab', { name: 'Terminal 1' }).click();
    await isIn('Terminal 1');
    await showsIn('Terminal 1', /[$#%>]/);
    await runIn(page, 'echo first $((20 + 1))');
    await showsIn('Terminal 1', /first 21/);
    await act('Split down');
    await isIn('Terminal 3');
    await act('Split right');
    await isIn('Terminal 4');
    expect(await terminalIn(page).count()).toBe(4);
    await page.getByRole('button', { name: /^Actions for “/ }).click();
    expect(await page.getByRole('menuitem', { name: 'Split right' }).isDisabled()).toBe(true);
    await page.getByRole('menuitem', { name: 'Remove from split' }).click();
    await named('Terminal 4').waitFor({ state: 'detached' });
    await isIn('Terminal 3');
    expect(await seriousInForms(page, FORMS.utmost)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });

    expect(await tabs()).toEqual(['Terminal 1', 'Terminal 2', 'Terminal 3', 'Terminal 4']);
    const third = page.getByRole('tab', { name: 'Terminal 3' });
    await page.keyboard.press('Control+Shift+Escape');
    await page.keyboard.press('Control+Shift+ArrowLeft');
    await expect.poll(tabs).toEqual(['Terminal 1', 'Terminal 3', 'Terminal 2', 'Terminal 4']);
    await expect.poll(() => third.evaluate((one) => one === document.activeElement)).toBe(true);
    const from = await third.boundingBox();
    const to = await page.getByRole('tab', { name: 'Terminal 4' }).boundingBox();
    if (from === null || to === null) throw new Error('The tabs are not in sight.');
    await page.mouse.move(from.x + 10, from.y + 5);
    await page.mouse.down();
    await page.mouse.move(from.x + 30, from.y + 5, { steps: 3 });
    await page.mouse.move(to.x + to.width - 5, to.y + 5, { steps: 5 });
    await page.mouse.up();
    const ordered = ['Terminal 1', 'Terminal 2', 'Terminal 4', 'Terminal 3'];
    await expect.poll(tabs).toEqual(ordered);
    await expect.poll(async () => (await home.client.terminals.list({})).map(({ name }) => name)).toEqual(ordered);

    await page.reload();
    await expect.poll(() => terminalIn(page).count()).toBe(3);
    await showsIn('Terminal 1', /first 21/);
    await showsIn('Terminal 2', /second 42/);
    expect(await tabs()).toEqual(ordered);
    expect(problems).toEqual([]);
  });
});
