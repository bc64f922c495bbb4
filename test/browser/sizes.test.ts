import type { Locator, Page } from 'playwright';
import { beforeEach, expect, it } from 'vitest';
import { agentOf } from '../../src/core/core-api.ts';
import { must, USER } from '../support/host.ts';
import { until } from '../support/until.ts';
import { card, createBoardHome, type Work } from './board-home.ts';
import { describeInBrowser, useHome } from './use-home.ts';

/** Blocks the first item, where there is one. */
const blocks: Work = async ({ taskId, host }) => {
  const [item] = (await host.get(taskId)).items;
  if (!item) return;
  const blocked = { taskId, itemId: item.id, status: 'blocked', reason: 'There is no key for the registry.' } as const;
  must(await host.core.api.items.set(blocked, agentOf(taskId)));
};

describeInBrowser('cards and rows', () => {
  const home = useHome((browser) => createBoardHome(browser, blocks));
  beforeEach(async () => {
    for (const goal of ['One', 'Two', 'Three']) await home.draft(goal);
  });

  const change = async (key: 'appearance.density' | 'appearance.textSize', value: string | number) =>
    must(await home.host.core.api.settings.set({ key, value }, USER));

  /** Pixels from one to the next, and how high they are. */
  async function measure(page: Page, what: string): Promise<{ steps: number[]; heights: number[] }> {
    const boxes = await Promise.all((await page.locator(what).all()).map((one) => one.boundingBox()));
    const sorted = boxes.flatMap((box) => (box ? [box] : [])).sort((a, b) => a.y - b.y);
    return {
      steps: sorted.slice(1).map(({ y }, index) => Math.round(y - (sorted[index]?.y ?? 0))),
      heights: sorted.map(({ height }) => Math.round(height)),
    };
  }
  const CARD = '[data-index]:has([data-task])';
  const cards = (page: Page) => measure(page, `${CARD} > * > :first-child`);
  const rows = (page: Page) => measure(page, 'tr:has([data-task])');
  const toList = (page: Page) => page.getByRole('radiogroup', { name: 'View' }).getByText('List').click();

  async function block(): Promise<void> {
    const { id } = await home.draft('Connect the payment service of the shop', ['Sign in']);
    must(await home.host.core.api.tasks.start({ taskId: id }, USER));
    await until(async () => (await home.host.get(id)).status === 'failed', 'the block');
  }

  it('stand where the list thinks they do, also after a change of density or of the size of text', async () => {
    const { page } = await home.open();
    await page.locator(CARD).nth(2).waitFor();
    expect(await cards(page)).toEqual({ steps: [100, 100], heights: [92, 92, 92] });
    await change('appearance.density', 'compact');
    await expect.poll(() => cards(page)).toEqual({ steps: [80, 80], heights: [72, 72, 72] });
    await toList(page);
    await expect.poll(() => rows(page)).toEqual({ steps: [30, 30], heights: [30, 30, 30] });
    await change('appearance.textSize', 21);
    await expect.poll(() => rows(page)).toEqual({ steps: [45, 45], heights: [45, 45, 45] });
    await change('appearance.density', 'comfortable');
    await expect.poll(() => rows(page)).toEqual({ steps: [60, 60], heights: [60, 60, 60] });
  });

  it('hold all that is on them, in each density and in a narrow column', async () => {
    const long = 'A title that needs more than the two lines which a card has room for';
    await home.draft(long, ['One']);
    await home.finished('Publish the package and tell everybody about it');
    await block();
    // As narrow as columns are when three have cards.
    const { page } = await home.open({ width: 1190 });
    await card(page, long).waitFor();
    await card(page, 'Connect the').waitFor();
    // What a card draws below its edge, or over its next line, in pixels; and what is cut at its end.
    const faults = () =>
      page.locator('[data-task]').evaluateAll((cards) =>
        cards.flatMap((card) => {
          const parts = [...card.children].map((part) => part.getBoundingClientRect());
          const facts = card.lastElementChild as HTMLElement;
          const cut = [facts, ...facts.querySelectorAll('*')].some((one) => one.scrollWidth > one.clientWidth + 1);
          const edge = card.getBoundingClientRect().bottom;
          const crossed = parts.some(({ bottom }, at) => bottom > (parts[at + 1]?.top ?? edge) + 0.5);
          return crossed || cut ? [card.textContent] : [];
        }),
      );
    expect(await faults()).toEqual([]);
    await change('appearance.density', 'compact');
    await expect.poll(faults).toEqual([]);
    await change('appearance.textSize', 18);
    await expect.poll(faults).toEqual([]);
  });

  it('open a task whose state and time stand on one line beside what can be done', async () => {
    await home.finished('Publish the package and tell everybody about it, with a long branch');
    const { page } = await home.open();
    await card(page, 'Publish the package').click();
    const head = page.getByRole('region', { name: 'Task', exact: true });
    const middle = async (what: Locator) => {
      const box = await what.boundingBox();
      return box ? Math.round(box.y + box.height / 2) : Number.NaN;
    };
    const state = await middle(head.getByText('Finished', { exact: true }).first());
    // A run of less than a second has no time.
    const time = await head.getByText(/^\d+ s$/).all();
    for (const what of [...time.slice(0, 1), head.getByRole('button', { name: 'Mark done' })])
      expect(Math.abs((await middle(what)) - state)).toBeLessThan(6);
  });

  it('do so where a browser shows all text larger', async () => {
    const { page } = await home.open({
      before: (made) =>
        made.addInitScript(() => {
          new MutationObserver((_, observer) => {
            if (!document.documentElement) return;
            document.documentElement.style.fontSize = '20px';
            observer.disconnect();
          }).observe(document, { childList: true });
        }),
    });
    await page.locator(CARD).nth(2).waitFor();
    expect(await cards(page)).toEqual({ steps: [125, 125], heights: [115, 115, 115] });
    await toList(page);
    await expect.poll(() => rows(page)).toEqual({ steps: [50, 50], heights: [50, 50, 50] });
  });
});
