// `npm run shots`: a picture of every screen, in light, dark and high contrast, wide and narrow, for people to look at,
// and what has changed since the last ones. In the Electron that is run, because another Chromium may lay things out
// otherwise.
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright';
import { fill } from '../test/specs/fill.ts';
import { SCREENS, SMALL_WINDOWS } from '../test/specs/screens.ts';
import { until } from '../test/support/until.ts';
import { createDesktopHome } from './desktop-app.ts';
import { createAlbum } from './shots/album.ts';
import { FORMS, type Form } from './shots/forms.ts';
import { buildParts } from './shots/parts/build.ts';

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });

/** Whether a picture is asked for: `--only` names screens, or single pictures. */
function isWanted(screen: string, form: Pick<Form, 'name' | 'only'>): boolean {
  if (form.only && !form.only.includes(screen)) return false;
  return !values.only || values.only.some((one) => one === screen || one === `${screen}-${form.name}`);
}

const album = createAlbum();

async function shoot(page: Page, screen: string, form: Pick<Form, 'name' | 'kept'>): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(250);
  await album.add(
    `${screen}-${form.name}`,
    await page.screenshot({ fullPage: screen === 'parts' }),
    form.kept?.includes(screen) ?? true,
  );
}

/** Shows a place of the window in a form, loaded anew. */
async function open(page: Page, hash: string, form: Omit<Form, 'name'>): Promise<void> {
  const { width, height, colorScheme, contrast = 'no-preference' } = form;
  await page.emulateMedia({ colorScheme, contrast, reducedMotion: 'reduce' });
  await app.electron.evaluate(
    ({ BrowserWindow }, size) => {
      // The oldest: others are made beside it when something waits.
      const [window] = BrowserWindow.getAllWindows().sort((one, other) => one.id - other.id);
      window?.setMinimumSize(1, 1);
      window?.setContentSize(size.width, size.height);
    },
    { width, height },
  );
  await goTo(page, hash);
  await page.reload();
  await until(() => page.evaluate((wanted) => innerWidth === wanted, width), 'the size');
}

function goTo(page: Page, hash: string): Promise<void> {
  return page.evaluate((to) => {
    location.hash = to;
  }, hash);
}

/** Pictures of the parts alone, for docs/design/parts.md, in a window of their own. */
async function shootParts(): Promise<void> {
  const schemes = (['light', 'dark'] as const).filter((name) => isWanted('parts', { name }));
  if (schemes.length === 0) return;
  const file = await buildParts(path.resolve('.cache/parts'));
  const [page] = await Promise.all([
    app.electron.waitForEvent('window'),
    app.electron.evaluate(({ BrowserWindow }, built) => {
      const window = new BrowserWindow({ width: 1280, height: 1440, useContentSize: true });
      void window.loadFile(built);
    }, file),
  ]);
  await page.locator('[data-task]').first().waitFor();
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor({ state: 'attached' });
    await shoot(page, 'parts', { name: colorScheme });
  }
  await page.close();
}

const home = await createDesktopHome();
const app = await home.start();
try {
  const page = await app.board();
  await shootParts();
  for (const form of FORMS.filter((one) => isWanted('welcome', one))) {
    await open(page, '#/board', form);
    await page.getByRole('heading', { name: 'Welcome to Drover' }).waitFor();
    await shoot(page, 'welcome', form);
  }

  const shown = await fill(app.client, home.repository.path);
  for (const form of FORMS) {
    const screens = SCREENS.filter(({ name }) => isWanted(name, form));
    if (screens.length === 0) continue;
    await open(page, '#/board', form);
    await page.locator('[data-task]').first().waitFor();
    for (const { name, hash, ready, act } of screens) {
      await goTo(page, hash(shown));
      await page.locator(ready).first().waitFor();
      await act?.(page);
      await shoot(page, name, form);
      if (await page.getByRole('dialog').count()) await page.keyboard.press('Escape');
    }
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const { name, hash, ready, ...size } of SMALL_WINDOWS) {
      if (!isWanted(name, { name: colorScheme })) continue;
      await open(page, hash, { ...size, colorScheme });
      await page.locator(ready).first().waitFor();
      await shoot(page, name, { name: colorScheme });
    }
  }
} finally {
  await home.remove();
}
for (const line of album.report()) console.log(line);
