import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { fill } from '../specs/fill.ts';
import { MORE_SCREENS, SCREENS, type Screen, SMALL_WINDOWS } from '../specs/screens.ts';
import { createTempFolder } from '../support/temp.ts';
import { seriousIn } from './axe.ts';
import { weakIn } from './contrast.ts';
import { misfitsIn } from './fits.ts';
import { buildPseudoWindow, serveWindow } from './pseudo-locale.ts';
import { machineryIn, repeatedIn } from './screen-text.ts';
import { describeInBrowser, useHome } from './use-home.ts';
import { createWindowHome } from './window-home.ts';

type Size = readonly [width: number, height: number];
const WIDE: Size = [1280, 800];
const TIGHT: Size = [900, 600];
const PHONE: Size = [390, 780];

/** With the sizes in which they are shown; left out: as wide as is asked for. */
const ALL: readonly (Screen & { sizes?: readonly Size[] })[] = [
  ...SCREENS,
  ...MORE_SCREENS,
  ...SMALL_WINDOWS.map(({ name, hash, ready, width, height }) => ({
    name,
    hash: () => hash,
    ready,
    sizes: [[width, height]] as const,
  })),
];

/** Those that people see most. */
const MAIN_NAMES = ['board', 'list', 'approvals', 'task-asks', 'task', 'task-changes', 'settings', 'rules', 'new-task'];
const isMain = (name: string) => MAIN_NAMES.includes(name);
const MAIN = ALL.filter(({ name }) => isMain(name));

/** Those whose structure no test of their own looks at. */
const STRUCTURE = [
  ...['palette', 'delete', 'help', 'test-rules', 'task-stall', 'task-blocked', 'task-menu'],
  ...['approvals-always', 'task-asks-deny'],
];

/** Half of them in the time of CI: what people see most, and what no other test looks at. `DROVER_SCREENS=all` walks all. */
const WALKED =
  process.env.DROVER_SCREENS === 'all' ? ALL : ALL.filter(({ name }) => isMain(name) || STRUCTURE.includes(name));

/** What is wrong and stays so, each with its reason. */
const LEFT_OUT: readonly { screen: string; finds: string; why: string }[] = [
  {
    screen: 'task-menu',
    finds: 'aria-required-children',
    why: 'Mantine gives the focus to an empty element in its menus, which nothing is read for.',
  },
  ...[
    ['audit', 'Waiting for an answer'],
    ['settings', 'Takes effect at the next start'],
    ['settings-agents', 'At the same time'],
    ['settings-shortcuts', 'From anywhere on this computer'],
  ].map(([screen = '', words = '']) => ({
    screen,
    finds: `twice: ${words}`,
    why: 'It is said by each row of which it is true.',
  })),
];

/** A task has its own test of what it says, in all its states; the log and licences are for programs and lawyers. */
const WORDS_ELSEWHERE = /^(task|delete)|^settings-licences$/;

describeInBrowser('every screen', () => {
  const home = useHome(async (browser) => {
    const made = await createWindowHome(browser, { project: false });
    const shown = await fill(made.client, made.repository.path);
    return {
      ...made,
      shown,
      // What is here is only looked at.
      restore: async () => {
        await made.client.settings.set({ key: 'appearance.textSize' });
      },
    };
  });

  /** Goes through the screens in one page, each in several sizes, and gives what `look` finds. */
  async function through(
    page: Page,
    screens: typeof ALL,
    sizesOf: (name: string) => readonly Size[],
    look: (name: string) => Promise<string[]>,
  ): Promise<string[]> {
    const found: string[] = [];
    await page.locator('[data-task]').first().waitFor();
    for (const { name, hash, ready, act, sizes: own = sizesOf(name) } of screens) {
      for (const [at, [width, height]] of own.entries()) {
        await page.setViewportSize({ width, height });
        if (at === 0) {
          await page.evaluate((to) => {
            // Where the screen before has left the focus, the keys of this one may have another meaning.
            if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
            location.hash = to;
          }, hash(home.shown));
          await page.locator(ready).first().waitFor();
          await act?.(page);
        }
        for (const line of await look(name)) found.push(`${name} at ${width}: ${line}`);
      }
      const over = page.locator('[role=dialog], [role=menu]');
      if (await over.count()) await page.keyboard.press('Escape');
      await over.first().waitFor({ state: 'detached' });
    }
    return found;
  }

  it('holds the longer words of other languages', async () => {
    const folder = await createTempFolder();
    try {
      await buildPseudoWindow(folder.path);
      const { page, problems } = await home.open();
      await page.locator('[data-task]').first().waitFor();
      await serveWindow(page, folder.path);
      await page.reload();
      // Its own first word, made longer.
      await page.getByText('Needs youüb').first().waitFor();
      expect(
        await through(
          page,
          WALKED,
          (name) => (isMain(name) ? [TIGHT, PHONE] : [TIGHT]),
          () => misfitsIn(page),
        ),
      ).toEqual([]);
      expect(problems).toEqual([]);
    } finally {
      await folder.remove();
    }
  });

  it('holds text of twice the size, and moves nothing where that is not wanted', async () => {
    const { page, problems } = await home.open({ ...sizeOf(TIGHT), before: enlargeText });
    const look = async () => [...(await misfitsIn(page)), ...(await movingIn(page))];
    expect(await through(page, WALKED, () => [TIGHT], look)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('holds the largest text that can be set on the smallest screen', async () => {
    await home.client.settings.set({ key: 'appearance.textSize', value: 24 });
    const { page, problems } = await home.open();
    expect(
      await through(
        page,
        MAIN,
        () => [PHONE],
        () => misfitsIn(page),
      ),
    ).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('is read in every scheme, says each thing once, and shows where the focus is', async () => {
    const { page, problems } = await home.open();
    const look = async (name: string) => {
      const found: string[] = [];
      // Colours are asked below, in less time.
      const isHereOnly = STRUCTURE.includes(name);
      if (isHereOnly) found.push(...(await seriousIn(page, { all: true, without: ['color-contrast'] })));
      for (const colorScheme of ['dark', 'light'] as const) {
        for (const contrast of isHereOnly ? (['no-preference', 'more'] as const) : (['more'] as const)) {
          await page.emulateMedia({ colorScheme, contrast, reducedMotion: 'reduce' });
          await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor({ state: 'attached' });
          const weak = await weakIn(page, contrast === 'more' ? 'AAA' : 'AA');
          found.push(...weak.map((line) => `${colorScheme}, ${contrast}: ${line}`));
        }
      }
      await page.emulateMedia({ contrast: 'no-preference', reducedMotion: 'reduce' });
      found.push(...(await wordsIn(page, name)));
      const pictures = await page
        .locator('.mantine-Input-section svg:not([aria-hidden=true], [aria-hidden=true] *)')
        .count();
      if (pictures > 0) found.push(`${pictures} pictures in fields are read`);
      if (isMain(name)) found.push(...(await unseenFocusIn(page)));
      return found.filter((line) => !LEFT_OUT.some((known) => known.screen === name && line.includes(known.finds)));
    };
    expect(await through(page, WALKED, () => [WIDE], look)).toEqual([]);
    expect(problems).toEqual([]);
  });

  /** What is said twice on a screen, and what only programs understand. */
  async function wordsIn(page: Page, name: string): Promise<string[]> {
    if (WORDS_ELSEWHERE.test(name)) return [];
    const text = await page.locator('[role=dialog], [role=menu], #root').last().innerText();
    const { tasks } = await home.client.tasks.list({ limit: 100 });
    const own = tasks.map(({ title }) => title);
    return [
      ...repeatedIn(text, own).map((sentence) => `twice: ${sentence}`),
      ...machineryIn(
        text,
        tasks.map(({ id }) => id),
      ),
    ];
  }
});

/** Where the focus goes by Tab with only the colours of the system, and is not seen. */
async function unseenFocusIn(page: Page): Promise<string[]> {
  const found = new Set<string>();
  await page.emulateMedia({ forcedColors: 'active' });
  for (let step = 0; step < 12; step++) {
    await page.keyboard.press('Tab');
    found.add(await page.evaluate(unseenFocus));
  }
  await page.emulateMedia({ forcedColors: 'none' });
  return [...found].filter((one) => one !== '');
}

const sizeOf = ([width, height]: Size) => ({ width, height });

/** What a person sets in the browser: the size of all text that says none of its own. */
async function enlargeText(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
}

function movingIn(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ playState }) => playState === 'running')
      .map(({ effect }) => `moves: ${(effect as KeyframeEffect | null)?.target?.outerHTML.slice(0, 100)}`),
  );
}

/** Run in the page: what has the focus, where neither it nor what is drawn for it has an outline; else empty. */
function unseenFocus(): string {
  const one = document.activeElement;
  if (one === null || one === document.body) return '';
  // Some are drawn by what is around them or after them.
  const drawn = [one, one.parentElement, one.nextElementSibling, one.closest('.mantine-Input-input')];
  const isSeen = drawn.some((part) => {
    const { outlineStyle = 'none', outlineWidth = '0' } = part ? getComputedStyle(part) : {};
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
  });
  return isSeen ? '' : `the focus is not seen: ${one.outerHTML.slice(0, 120)}`;
}
