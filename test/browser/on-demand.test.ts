import { expect, it } from 'vitest';
import { describeInBrowser, useHome } from './use-home.ts';
import { createWindowHome } from './window-home.ts';

describeInBrowser('what the window loads on demand', () => {
  const home = useHome(createWindowHome);

  async function open() {
    const { page } = await home.open();
    return page;
  }

  it('says so where a page cannot be loaded, goes on otherwise, and offers to load the window again', async () => {
    const page = await open();
    await page.route('**/assets/settings-page-*.js', (route) => route.fulfill({ status: 404, body: '' }));
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'could not be loaded' });
    await alert.waitFor();

    await alert.getByRole('button', { name: 'Back to tasks' }).click();
    await page.getByText('No tasks yet').waitFor();
    expect(await alert.count()).toBe(0);

    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await alert.waitFor();
    await page.unrouteAll();
    await alert.getByRole('button', { name: 'Reload the window' }).click();
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

  it('draws its first text in its own letters, and asks for those of other scripts only where they stand', async () => {
    const { page, asked } = await home.open();
    await page.getByText('No tasks yet').waitFor();
    const fonts = () => asked.map((address) => /([\w-]+)-[\w-]{8}\.woff2$/.exec(address)?.[1]).filter(Boolean);
    expect(fonts()).toEqual(['inter-latin-wght-normal']);
    expect(await page.evaluate(() => document.fonts.check('14px "Inter Variable"'))).toBe(true);
    await page.getByLabel('Search tasks').fill('čaj');
    await expect.poll(fonts).toContain('inter-latin-ext-wght-normal');
  });
});
