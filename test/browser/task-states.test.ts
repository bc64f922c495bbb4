import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../src/core/core-api.ts';
import { USER } from '../support/host.ts';
import { until } from '../support/until.ts';
import { type BoardHome, card, column, createBoardHome, drag, type OpenBoard, type Work } from './board-home.ts';
import { connectToBrowser } from './shared-browser.ts';

/** A real browser on a busy machine. */

/** Where pictures go, for somebody who wants to look. */
const shots = process.env.DROVER_SHOTS_DIR;

describe('a task as it stands', () => {
  let browser: Browser;
  let home: BoardHome | null = null;
  beforeAll(async () => {
    browser = await connectToBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await home?.host.remove();
    home = null;
  });

  async function openTask(
    made: BoardHome,
    title: string,
    options: Parameters<BoardHome['open']>[1] = {},
  ): Promise<OpenBoard> {
    const opened = await made.open(browser, options);
    await card(opened.page, title).click();
    await opened.page.getByRole('toolbar', { name: 'Task actions' }).waitFor();
    return opened;
  }
  async function picture(page: Page, name: string): Promise<void> {
    if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
  }

  /** Blocks its only item until a person has said something, and then has only to report it. */
  const needsAKey: Work = async ({ taskId, prompt, host }) => {
    const agent: Caller = { by: 'agent', taskId };
    const set = (status: 'blocked' | 'completed') =>
      host.core.api.items.set({ taskId, itemId: '1', status, reason: 'There is no API key.' }, agent);
    const { items } = await host.get(taskId);
    if (items[0]?.status === 'skipped') return;
    await set(/out of the way|The key is there/.test(prompt) ? 'completed' : 'blocked');
  };
  async function blocked(): Promise<{ made: BoardHome; id: string }> {
    const made = await createBoardHome(needsAKey);
    home = made;
    const { id } = await made.draft('Publish it', ['Call the payment API']);
    await made.host.core.api.tasks.start({ taskId: id }, USER);
    await until(async () => (await made.host.get(id)).status === 'failed', 'the block');
    return { made, id };
  }

  it.each([
    [
      'continues from its banner',
      (page: Page) => page.getByRole('button', { name: 'I’ve fixed it, continue' }).click(),
    ],
    [
      'continues by its item',
      async (page: Page) => {
        await page.getByRole('tab', { name: /Checklist/ }).click();
        await page.getByRole('button', { name: 'Unblock' }).click();
      },
    ],
    [
      'continues by a message',
      async (page: Page) => {
        await page.getByRole('button', { name: 'Reply…' }).click();
        await page.keyboard.type('The key is there');
        await page.keyboard.press('Control+Enter');
      },
    ],
    [
      'continues by the key for resuming',
      async (page: Page) => {
        await card(page, 'Publish it').focus();
        await page.keyboard.press('s');
      },
    ],
  ] as const)('that is blocked %s', async (name, act) => {
    const { made, id } = await blocked();
    const { page, problems } = await openTask(made, 'Publish it');
    const banner = page.getByRole('region', { name: 'Blocked', exact: true });
    await banner.getByText('There is no API key.').waitFor();
    // Once as the state, and nowhere as what the command or the core would say.
    expect(await page.getByText(new RegExp(`pending|task ${id}|drover (task|item)`)).count()).toBe(0);
    await picture(page, `blocked ${name}`);
    await act(page);
    await page.getByRole('button', { name: 'Mark done' }).waitFor();
    expect(await banner.count()).toBe(0);
    expect((await made.host.get(id)).items).toMatchObject([{ status: 'completed', reason: null }]);
    expect(problems).toEqual([]);
  });

  it('that is blocked goes on without its item', async () => {
    const { made, id } = await blocked();
    const { page } = await openTask(made, 'Publish it', { colorScheme: 'dark', width: 900, height: 600 });
    await picture(page, 'blocked dark small');
    await page.getByRole('button', { name: 'Skip item' }).click();
    await until(async () => (await made.host.get(id)).status === 'completed', 'the task to go on');
    expect((await made.host.get(id)).items).toMatchObject([{ status: 'skipped', reason: null }]);
  });

  it('that has finished is marked as done, dragged there, and taken back', async () => {
    const made = await createBoardHome();
    home = made;
    const one = await made.finished('One');
    const two = await made.finished('Two');
    const accepted = async (id: string) => (await made.host.get(id)).acceptedAt !== null;
    const { page, problems } = await made.open(browser);
    await drag(page, card(page, 'One'), column(page, 'Done'), 'top');
    await page.mouse.up();
    await until(() => accepted(one.id), 'the drop');
    await column(page, 'Done').locator('[data-task]', { hasText: 'One' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await until(async () => !(await accepted(one.id)), 'the undo');

    await card(page, 'Two').click();
    await picture(page, 'finished');
    await page.getByRole('button', { name: 'Mark done' }).click();
    await until(() => accepted(two.id), 'the mark');
    await page.getByRole('button', { name: 'More actions' }).click();
    await picture(page, 'done menu');
    await page.getByRole('menuitem', { name: 'Back to review' }).click();
    await until(async () => !(await accepted(two.id)), 'the way back');
    await card(page, 'Two').focus();
    await page.keyboard.press('f');
    await until(() => accepted(two.id), 'the key');
    expect(problems).toEqual([]);
  });

  it('that is stopped says so once, and nothing stands where Stop was', async () => {
    const made = await createBoardHome();
    home = made;
    const { id } = await made.draft('hang on');
    await made.host.core.api.tasks.start({ taskId: id }, USER);
    await until(async () => (await made.host.get(id)).run?.openTurn != null, 'the turn');
    const { page, problems } = await openTask(made, 'hang on');
    const stop = page.getByRole('toolbar', { name: 'Task actions' }).getByRole('button', { name: 'Stop' });
    const { x = 0, y = 0, width = 0, height = 0 } = (await stop.boundingBox()) ?? {};
    await picture(page, 'running');
    await stop.click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await picture(page, 'stopped');
    const under = await page.evaluate(
      ([left, top]) => document.elementFromPoint(left ?? 0, top ?? 0)?.closest('button')?.innerText ?? null,
      [x + width / 2, y + height / 2],
    );
    expect(under).toBeNull();
    expect(await page.getByText(/Stopped\W+Stopped/).count()).toBe(0);
    await column(page, 'Review').locator('[data-task]', { hasText: 'Stopped' }).waitFor();
    expect(problems).toEqual([]);
  });
});
