import type { Browser, CDPSession, Page } from 'playwright';
import type { Scope } from '../../src/core/base/scope.ts';
import { findChromium, launchBrowser } from '../../test/browser/window-home.ts';
import type { Daemon } from './daemon.ts';
import { installProbe } from './page-probe.ts';
import { processorMs } from './process-facts.ts';

const VIEWPORT = { width: 1440, height: 900 };

/** A Chromium of its own; null when this machine has none. */
export async function openBrowser(scope: Scope): Promise<Browser | null> {
  if (findChromium() === null) return null;
  const browser = await launchBrowser();
  scope.add(() => browser.close());
  return browser;
}

/** A page with the probe in it, signed in at the daemon and sent to the window. */
export async function openPage(browser: Browser, { client }: Daemon): Promise<Page> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  await context.addInitScript(installProbe);
  const page = await context.newPage();
  await page.goto((await client.system.openLink()).url);
  return page;
}

/** Milliseconds of processor time that the processes of all pages have spent so far. */
export async function renderersMs(browser: Browser): Promise<number> {
  const session: CDPSession = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  return renderers.reduce((sum, { id }) => sum + processorMs(id), 0);
}
