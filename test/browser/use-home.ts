import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, onTestFinished } from 'vitest';
import { restPages } from './pages.ts';
import { connectToBrowser } from './shared-browser.ts';
import { findChromium } from './window-home.ts';

const missing = findChromium() === null;
if (missing) console.log('The tests in a browser are left out: there is no Chromium here.');

/** A group of tests in a browser, left out where there is none. */
export function describeInBrowser(name: string, tests: () => void): void {
  describe.skipIf(missing)(name, tests);
}

let browser: Browser;

/** The browser, for tests that have homes of their own. After each test what it has opened is closed. */
export function useBrowser(): void {
  beforeAll(async () => {
    browser = await connectToBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(() => restPages(browser));
}

interface Home {
  restore(): Promise<void>;
  remove(): Promise<void>;
}

/**
 * The browser, and one home for all tests of a group, which is there once the first begins. After each test what it has
 * opened is closed, and what it has made is taken away.
 */
export function useHome<H extends Home>(create: (browser: Browser) => Promise<H>): H {
  let home: H | null = null;
  beforeAll(async () => {
    browser = await connectToBrowser();
    home = await create(browser);
  });
  afterAll(async () => {
    await browser?.close();
    await home?.remove();
  });
  afterEach(async () => {
    await restPages(browser);
    await home?.restore();
  });
  return new Proxy({} as H, { get: (_, name) => Reflect.get(home ?? {}, name) });
}

/** A home of this test alone. */
export async function ownHome<H extends Home>(create: (browser: Browser) => Promise<H>): Promise<H> {
  const home = await create(browser);
  onTestFinished(() => home.remove());
  return home;
}
