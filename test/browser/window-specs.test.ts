import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type OpenWindow, prepareForSpecs, WINDOW_SPECS } from '../specs/window-specs.ts';
import { connectToBrowser } from './shared-browser.ts';
import { describeInBrowser } from './use-home.ts';
import { createWindowHome, type WindowHome } from './window-home.ts';

describeInBrowser('the window over a WebSocket, in a browser', () => {
  let browser: Browser;
  let home: WindowHome;
  let window: OpenWindow;
  let problems: string[];
  beforeAll(async () => {
    browser = await connectToBrowser();
    home = await createWindowHome(browser, { project: false });
    const { client, repository, folder } = home;
    const projectId = await prepareForSpecs(client, repository.path);
    const opened = await home.open();
    problems = opened.problems;
    window = { page: opened.page, client, projectId, folder, surface: 'browser' };
  });
  afterAll(async () => {
    await browser?.close();
    await home?.remove();
  });
  afterEach(() => expect(problems).toEqual([]));

  it.each(WINDOW_SPECS)('$name', ({ run }) => run(window));
});
