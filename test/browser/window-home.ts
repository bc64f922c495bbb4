import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserServer, chromium, type LaunchOptions } from 'playwright';
import { WebSocket } from 'ws';
import type { Client } from '../../src/contract/client.ts';
import { type Connection, connect } from '../../src/contract/connection/connect.ts';
import { readEndpoint } from '../../src/host/endpoint-file.ts';
import { startDaemon, type TestDaemon } from '../support/daemon.ts';
import { createRepository, type TestRepository } from '../support/repository.ts';
import { createTempFolder } from '../support/temp.ts';
import { type OpenPage, openPage, type PageOptions } from './pages.ts';
import { restore } from './restore.ts';

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
  /** Of the test's own; the data folder and the repository are in it. */
  folder: string;
  repository: TestRepository;
  /** Of the repository, named `sample`; empty where none was asked for. */
  projectId: string;
  client: Client;
  daemon: TestDaemon;
  open(options?: PageOptions): Promise<OpenPage>;
  /** Starts the daemon again on the same folder and port. */
  start(): Promise<void>;
  /** Takes away what a test has made. */
  restore(): Promise<void>;
  remove(): Promise<void>;
}

/** What a browser says of a lost connection. */
const LOST = /WebSocket|ERR_CONNECTION/;

export async function createWindowHome(browser: Browser, { project = true } = {}): Promise<WindowHome> {
  const folder = await createTempFolder();
  const dataFolder = path.join(folder.path, 'data');
  const repository = await createRepository(folder.path);
  let connection: Connection | null = null;

  const home: WindowHome = {
    folder: folder.path,
    repository,
    projectId: '',
    client: undefined as unknown as Client,
    daemon: undefined as unknown as TestDaemon,
    open: async (options) =>
      openPage(browser, (await home.client.system.openLink()).url, { tolerated: LOST, ...options }),
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
    async restore() {
      await restore(home.client);
      await addProject();
    },
    async remove() {
      connection?.close();
      await home.daemon.stop();
      await folder.remove();
    },
  };
  async function addProject(): Promise<void> {
    if (!project || (await home.client.projects.list()).length > 0) return;
    home.projectId = (await home.client.projects.add({ path: repository.path, name: 'sample' })).id;
  }
  await home.start();
  await addProject();
  return home;
}
