import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserServer, chromium, type LaunchOptions, type Page } from 'playwright';
import { WebSocket } from 'ws';
import type { Client } from '../../src/contract/client.ts';
import { type Connection, connect } from '../../src/contract/connection/connect.ts';
import { readEndpoint } from '../../src/host/endpoint-file.ts';
import { startDaemon, type TestDaemon } from '../support/daemon.ts';
import { createRepository, type TestRepository } from '../support/repository.ts';
import { createTempFolder } from '../support/temp.ts';

/** First the one without a user interface of its own, which costs tests half as much. */
const PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The browser of this machine, or null; DROVER_CHROMIUM names another one. */
export function findChromium(): string | null {
  return [process.env.DROVER_CHROMIUM ?? '', ...PLACES].find((place) => place !== '' && existsSync(place)) ?? null;
}

function launchOptions(): LaunchOptions {
  return {
    executablePath: findChromium() ?? '',
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-background-networking',
      '--no-first-run',
      '--disable-component-update',
      '--disable-sync',
    ],
  };
}

/** A browser of one's own, for what is no test. */
export const launchBrowser = (): Promise<Browser> => chromium.launch(launchOptions());
/** A browser for several processes. */
export const launchServer = (): Promise<BrowserServer> => chromium.launchServer(launchOptions());

/** A built daemon on a data folder of its own, and a repository beside it. */
export interface WindowHome {
  repository: TestRepository;
  client: Client;
  daemon: TestDaemon;
  /** A signed-in page; what goes wrong in it is in `problems`. */
  open(browser: Browser, options?: PageOptions): Promise<{ page: Page; problems: string[] }>;
  /** Starts the daemon again on the same folder and port. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

export interface PageOptions {
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
}

export async function createWindowHome(): Promise<WindowHome> {
  const folder = await createTempFolder();
  const dataFolder = path.join(folder.path, 'data');
  const repository = await createRepository(folder.path);
  let connection: Connection | null = null;

  const home: WindowHome = {
    repository,
    client: undefined as unknown as Client,
    daemon: undefined as unknown as TestDaemon,
    async open(browser, { width = 1280, height = 800, colorScheme = 'light' } = {}) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' });
      const page = await context.newPage();
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => {
        // A lost connection is said by the browser too, and is no problem of the page.
        if (message.type() === 'error' && !/WebSocket|ERR_CONNECTION/.test(message.text()))
          problems.push(message.text());
      });
      await page.goto((await home.client.system.openLink()).url);
      return { page, problems };
    },
    async start() {
      home.daemon = await startDaemon(dataFolder, folder.path);
      connection?.close();
      const { url, token } = (await readEndpoint(dataFolder)) ?? { url: '', token: '' };
      connection = connect({
        createSocket: () =>
          new WebSocket(`${url.replace('http', 'ws')}/rpc`, { headers: { authorization: `Bearer ${token}` } }) as never,
      });
      home.client = connection.client;
      // A page that is open finds the next daemon where this one was.
      await home.client.settings.set({ key: 'server.port', value: Number(new URL(url).port) });
    },
    async remove() {
      connection?.close();
      await home.daemon.stop();
      await folder.remove();
    },
  };
  await home.start();
  return home;
}
