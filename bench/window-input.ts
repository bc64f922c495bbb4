import type { Browser, Page } from 'playwright';
import type { Figure } from './bench.ts';
import { openPage } from './support/browser.ts';
import type { Daemon } from './support/daemon.ts';
import { p95, spread } from './support/statistics.ts';

const LIMIT_MS = 50;
/** What the browser tells nothing of is over in less than this; see `benchProbe.inputs`. */
const LEAST_MS = 16;
const SLOWEST = 5;
const SEARCHED = 'long history';
const WRITTEN = 'Look again, please';

/**
 * Works through a window with so many tasks by keys and mouse, as a person would, and tells how long it is from each
 * press to the next frame that the browser has painted.
 */
export async function input(options: {
  quick: boolean;
  browser: Browser;
  daemon: Daemon;
  /** All that are on the board. */
  tasks: number;
}): Promise<Figure> {
  const { quick, browser, daemon, tasks } = options;
  const page = await openPage(browser, daemon);
  await page.evaluate((count) => benchProbe.painted({ tasks: count }), tasks);
  // What is read on demand is read in idle moments; the first round is no part of it all the same.
  const person = createPerson(page);
  await workThrough(page, person);
  await page.evaluate(() => benchProbe.watchInputs());
  person.presses.length = 0;
  for (let left = quick ? 1 : 4; left > 0; left -= 1) await workThrough(page, person);
  const told = await page.evaluate(() => benchProbe.inputs());
  const took = told.map(({ ms }) => ms);
  while (took.length < person.presses.length) took.push(LEAST_MS);
  await page.context().close();
  const slow = told.toSorted((a, b) => b.ms - a.ms).slice(0, SLOWEST);
  return {
    what: `a key or click to the next frame, with ${tasks} tasks`,
    measured: p95(took),
    unit: 'ms',
    limit: LIMIT_MS,
    comparison: 'at most',
    note: `p95 of ${spread(took)}; the browser tells it in steps of 8 ms; the slowest: ${slow.map(({ ms, type }) => `${type} ${ms} ms`).join(', ')}`,
  };
}

interface Person {
  readonly presses: string[];
  press(key: string): Promise<void>;
  click(what: string, button?: 'left' | 'right', held?: 'Control'): Promise<void>;
  type(text: string): Promise<void>;
}

/** Each press waits for the frame after the one before, so that none is counted with another. */
function createPerson(page: Page): Person {
  const presses: string[] = [];
  const frame = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0))));
  const press = async (key: string) => {
    presses.push(key);
    await page.keyboard.press(key);
    await frame();
  };
  return {
    presses,
    press,
    async click(what, button = 'left', held) {
      presses.push(what);
      if (held) await page.keyboard.down(held);
      await page.locator(what).first().click({ button });
      if (held) await page.keyboard.up(held);
      await frame();
    },
    async type(text) {
      for (const letter of text) await press(letter === ' ' ? 'Space' : letter);
    },
  };
}

/** Every kind of thing that is done all day, once. */
async function workThrough(page: Page, { press, click, type }: Person): Promise<void> {
  const card = page.locator('section[aria-label^="Review: "] [data-task]');
  await card.first().waitFor();
  await card.first().focus();
  // Through the board, and some cards selected.
  for (let step = 0; step < 8; step += 1) await press('ArrowDown');
  await press('ArrowLeft');
  await press('ArrowRight');
  for (let step = 0; step < 3; step += 1) await press('Shift+ArrowDown');
  await press('Escape');
  await click('section[aria-label^="Review: "] [data-task]', 'left', 'Control');
  await press('Escape');
  // The menu of a card.
  await click('section[aria-label^="Review: "] [data-task]', 'right');
  await page.getByRole('menu').waitFor();
  await press('ArrowDown');
  await press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  // Words are searched for, and found.
  await press('/');
  await type(SEARCHED);
  for (const _ of SEARCHED) await press('Backspace');
  await press('Escape');
  // A task is opened, its views, and those beside it.
  await click('section[aria-label^="Review: "] [data-task]');
  await page.locator('section[aria-label="Entries"] [data-index]').first().waitFor();
  for (const name of ['Checklist', 'Log', 'Details', 'Conversation']) {
    await click(`[role="tab"]:has-text("${name}")`);
    await page.getByRole('tabpanel', { name }).waitFor();
  }
  for (const key of ['j', 'j', 'k']) {
    await press(key);
    await page.locator('section[aria-label="Entries"] [data-index]').first().waitFor();
  }
  await press('m');
  await type(WRITTEN);
  for (const _ of WRITTEN) await press('Backspace');
  await click('button[aria-label="Back to the tasks"]');
  // All of it as a list, and back.
  await page.locator('body').focus();
  await press('l');
  await page.locator('tr[data-task-box]').first().waitFor();
  await press('b');
}
