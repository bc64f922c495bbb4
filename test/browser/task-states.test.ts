import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { agentOf, type Caller } from '../../src/core/core-api.ts';
import { USER } from '../support/host.ts';
import { until } from '../support/until.ts';
import { card, column, createBoardHome, drag, type Work } from './board-home.ts';
import type { OpenPage, PageOptions } from './pages.ts';
import { describeInBrowser, useHome } from './use-home.ts';

/** Where pictures go, for somebody who wants to look. */
const shots = process.env.DROVER_SHOTS_DIR;

/** Blocks its only item until a person has said something, and then has only to report it. */
const needsAKey: Work = async ({ taskId, prompt, host }) => {
  const agent: Caller = agentOf(taskId);
  const set = (status: 'blocked' | 'completed') =>
    host.core.api.items.set({ taskId, itemId: '1', status, reason: 'There is no API key.' }, agent);
  const { items } = await host.get(taskId);
  if (items.length === 0 || items[0]?.status === 'skipped') return;
  await set(/out of the way|The key is there/.test(prompt) ? 'completed' : 'blocked');
};

describeInBrowser('a task as it stands', () => {
  const home = useHome((browser) => createBoardHome(browser, needsAKey));

  async function openTask(title: string, options: PageOptions = {}): Promise<OpenPage> {
    const opened = await home.open(options);
    await card(opened.page, title).click();
    await opened.page.getByRole('toolbar', { name: 'Task actions' }).waitFor();
    return opened;
  }
  async function picture(page: Page, name: string): Promise<void> {
    if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
  }

  async function blocked(): Promise<string> {
    const { id } = await home.draft('Publish it', ['Call the payment API']);
    await home.host.core.api.tasks.start({ taskId: id }, USER);
    await until(async () => (await home.host.get(id)).status === 'failed', 'the block');
    return id;
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
    const id = await blocked();
    const { page, problems } = await openTask('Publish it');
    const banner = page.getByRole('region', { name: 'Blocked', exact: true });
    await banner.getByText('There is no API key.').waitFor();
    // Once as the state, and nowhere as what the command or the core would say.
    expect(await page.getByText(new RegExp(`pending|task ${id}|drover (task|item)`)).count()).toBe(0);
    await picture(page, `blocked ${name}`);
    await act(page);
    await page.getByRole('button', { name: 'Mark done' }).waitFor();
    expect(await banner.count()).toBe(0);
    expect((await home.host.get(id)).items).toMatchObject([{ status: 'completed', reason: null }]);
    expect(problems).toEqual([]);
  });

  it('that is blocked goes on without its item', async () => {
    const id = await blocked();
    const { page } = await openTask('Publish it', { colorScheme: 'dark', width: 900, height: 600 });
    await picture(page, 'blocked dark small');
    await page.getByRole('button', { name: 'Skip item' }).click();
    await until(async () => (await home.host.get(id)).status === 'completed', 'the task to go on');
    expect((await home.host.get(id)).items).toMatchObject([{ status: 'skipped', reason: null }]);
  });

  it('that has finished is marked as done, dragged there, and taken back', async () => {
    const one = await home.finished('One');
    const two = await home.finished('Two');
    const accepted = async (id: string) => (await home.host.get(id)).acceptedAt !== null;
    const { page, problems } = await home.open();
    await drag(page, card(page, 'One'), column(page, 'Done'), 'top');
    await page.mouse.up();
    await until(() => accepted(one.id), 'the drop');
    await column(page, 'Done').locator('[data-task]', { hasText: 'One' }).waitFor();
    const undo = page.getByRole('button', { name: 'Undo' });
    // All of the word is seen, however long the title beside it is.
    expect(await undo.evaluate((one) => one.scrollWidth > one.clientWidth || one.clientWidth < 30)).toBe(false);
    await undo.click();
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
    const { id } = await home.draft('hang on');
    await home.host.core.api.tasks.start({ taskId: id }, USER);
    await until(async () => (await home.host.get(id)).run?.openTurn != null, 'the turn');
    const { page, problems } = await openTask('hang on');
    const stop = page.locator('[data-message-box]').getByRole('button', { name: 'Stop' });
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
    await page.getByRole('navigation', { name: 'Tasks' }).locator('[data-task]', { hasText: 'Stopped' }).waitFor();
    expect(problems).toEqual([]);
  });
});
