import type { Browser, Page } from 'playwright';

export interface PageOptions {
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  /** Where it opens; left out: at the window's own beginning. */
  hash?: string;
  /** What a console may say without being a problem of the page. */
  tolerated?: RegExp;
  /** Done before the window loads, with what stays in a page: it is one of this test's own then. */
  before?(page: Page): Promise<unknown>;
}
export interface OpenPage {
  page: Page;
  /** What goes wrong in it. */
  problems: string[];
  /** Every address it has asked for. */
  asked: string[];
}

type Known = OpenPage & { inUse: boolean; tolerated: RegExp | undefined };

/** The page that stays from test to test, in each connection: a new one is a new process, and reads the window anew. */
const kept = new WeakMap<Browser, Known>();

/**
 * A page that loads the window by a link which signs it in. The first one of a test is that of the test before, with
 * nothing kept in it.
 */
export async function openPage(browser: Browser, link: string, options: PageOptions = {}): Promise<OpenPage> {
  const { width = 1280, height = 800, colorScheme = 'light', hash = '', before, tolerated } = options;
  const known = before ? undefined : kept.get(browser);
  const opened = known && !known.inUse ? known : await createPage(browser);
  if (!before && !known) kept.set(browser, opened);
  opened.inUse = true;
  opened.tolerated = tolerated;
  const { page, problems, asked } = opened;
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await before?.(page);
  problems.length = 0;
  asked.length = 0;
  await page.goto(link + hash);
  return opened;
}

async function createPage(browser: Browser): Promise<Known> {
  const page = await (await browser.newContext()).newPage();
  const opened: Known = { page, problems: [], asked: [], inUse: true, tolerated: undefined };
  page.on('request', (request) => opened.asked.push(request.url()));
  page.on('pageerror', (error) => opened.problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !opened.tolerated?.test(message.text())) opened.problems.push(message.text());
  });
  return opened;
}

/** After a test: closes what it has opened, and empties the page that stays. */
export async function restPages(browser: Browser): Promise<void> {
  const known = kept.get(browser);
  const stays = known && !known.page.isClosed() && (await empty(known.page));
  if (stays) known.inUse = false;
  else kept.delete(browser);
  const context = stays ? known.page.context() : null;
  await Promise.all(browser.contexts().map((one) => one !== context && one.close()));
}

/** Whether the page is as a new one again; it is not where its server is gone. */
async function empty(page: Page): Promise<boolean> {
  const context = page.context();
  try {
    await Promise.all(context.pages().map((one) => one !== page && one.close()));
    await page.unrouteAll();
    await context.unrouteAll();
    await context.clearPermissions();
    // Without the window, which writes what it keeps when it is left.
    await page.goto(new URL('/nothing', page.url()).href);
    await page.evaluate(() => {
      localStorage.clear();
      sessionStorage.clear();
    });
    return true;
  } catch {
    return false;
  }
}
