import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { must, USER } from '../support/host.ts';
import { type BoardHome, createBoardHome } from './board-home.ts';
import { connectToBrowser } from './shared-browser.ts';
import { findChromium } from './window-home.ts';

describe.skipIf(findChromium() === null)('cards and rows', () => {
  let browser: Browser;
  let home: BoardHome;
  beforeAll(async () => {
    browser = await connectToBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    home = await createBoardHome();
    for (const goal of ['One', 'Two', 'Three']) await home.draft(goal);
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await home.host.remove();
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

  it('stand where the list thinks they do, also after a change of density or of the size of text', async () => {
    const { page } = await home.open(browser);
    await page.locator(CARD).nth(2).waitFor();
    expect(await cards(page)).toEqual({ steps: [120, 120], heights: [112, 112, 112] });
    await change('appearance.density', 'compact');
    await expect.poll(() => cards(page)).toEqual({ steps: [100, 100], heights: [92, 92, 92] });
    await toList(page);
    await expect.poll(() => rows(page)).toEqual({ steps: [30, 30], heights: [30, 30, 30] });
    await change('appearance.textSize', 21);
    await expect.poll(() => rows(page)).toEqual({ steps: [45, 45], heights: [45, 45, 45] });
    await change('appearance.density', 'comfortable');
    await expect.poll(() => rows(page)).toEqual({ steps: [60, 60], heights: [60, 60, 60] });
  });

  it('do so where a browser shows all text larger', async () => {
    const { page } = await home.open(browser);
    await page.locator(CARD).nth(2).waitFor();
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (!document.documentElement) return;
        document.documentElement.style.fontSize = '20px';
        observer.disconnect();
      }).observe(document, { childList: true });
    });
    await page.reload();
    await page.locator(CARD).nth(2).waitFor();
    expect(await cards(page)).toEqual({ steps: [150, 150], heights: [140, 140, 140] });
    await toList(page);
    await expect.poll(() => rows(page)).toEqual({ steps: [50, 50], heights: [50, 50, 50] });
  });
});
