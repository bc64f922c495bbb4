import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectToBrowser } from './shared-browser.ts';
import { createWindowHome, findChromium, type WindowHome } from './window-home.ts';

const missing = findChromium() === null;
if (missing) console.log('The tests of parts loaded on demand are left out: there is no Chromium here.');

describe.skipIf(missing)('what the window loads on demand', () => {
  let browser: Browser;
  let home: WindowHome;
  beforeAll(async () => {
    browser = await connectToBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await home?.remove();
  });

  async function open() {
    home = await createWindowHome();
    await home.client.projects.add({ path: home.repository.path, name: 'sample' });
    const { page } = await home.open(browser);
    return page;
  }

  it('says so where a page cannot be loaded, goes on otherwise, and offers to load the window again', async () => {
    const page = await open();
    await page.route('**/assets/settings-page-*.js', (route) => route.fulfill({ status: 404, body: '' }));
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'could not be loaded' });
    await alert.waitFor();

    await page.getByRole('radiogroup', { name: 'View' }).getByText('Board').click();
    await page.getByText('No tasks yet').waitFor();
    expect(await alert.count()).toBe(0);

    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await alert.waitFor();
    await page.unrouteAll();
    await alert.getByRole('button', { name: 'Load the window again' }).click();
    await page.getByLabel('Search settings').waitFor();
    expect(await alert.count()).toBe(0);
  });

  it('has every letter that is typed while a dialog is still on its way', async () => {
    const page = await open();
    let arrive = () => {};
    const onTheWay = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    await page.route('**/assets/{palette-dialog,dialog-form}-*.js', async (route) => {
      await onTheWay;
      await route.continue();
    });
    await page.reload();
    await page.getByRole('button', { name: 'New task' }).first().waitFor();
    await page.keyboard.press('n');
    await page.keyboard.type('pack it');
    arrive();
    const goal = page.getByRole('dialog', { name: 'New task' }).getByLabel('Goal');
    await expect.poll(() => goal.inputValue()).toBe('pack it');
  });
});
