import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserWindow } from 'electron';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { WebSocket } from 'ws';
import type { Client } from '../src/contract/client.ts';
import { type Connection, connect } from '../src/contract/connection/connect.ts';
import type { Task } from '../src/contract/task/state.ts';
import { cleanEnvironment } from '../test/support/host.ts';
import { createRepository } from '../test/support/repository.ts';
import { createTaskGate, type TaskGate } from '../test/support/task-gate.ts';
import { createTempFolder } from '../test/support/temp.ts';
import { until } from '../test/support/until.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

/** The desktop app in a home of its own. */
export interface DesktopApp {
  electron: ElectronApplication;
  pid: number;
  /** The contract over the server that the app runs, as the `drover` command uses it. */
  client: Client;
  /** The page in the window with the board, once it is open; or in one of the small windows. */
  board(): Promise<Page>;
  page(window: WindowName): Promise<Page>;
  isVisible(window?: WindowName): Promise<boolean>;
  /** Does something to a window that is there. */
  toWindow<T>(window: WindowName, what: (window: BrowserWindow) => T | Promise<T>): Promise<T>;
  /** What the log file says, line by line. */
  log(): Promise<string[]>;
  /** Answers the questions of dialogs, the newest answer last: the number of the button. Gives what was asked. */
  answerDialogs(button: number): Promise<void>;
  questions(): Promise<string[]>;
  /** Resolves with the exit code when the process has ended. */
  ended: Promise<number | null>;
  kill(): Promise<void>;
}

export type WindowName = 'board' | 'pop-up' | 'capture';

export interface DesktopHome {
  folder: string;
  dataFolder: string;
  env: Record<string, string>;
  repository: Awaited<ReturnType<typeof createRepository>>;
  start(args?: readonly string[]): Promise<DesktopApp>;
  /** Holds a task of the demo agent as long as the test needs it to run. */
  createGate(): Promise<TaskGate>;
  /** Makes a task of the demo agent for the sample project and starts it. */
  createTask(app: DesktopApp, goal: string, items?: readonly string[]): Promise<Task>;
  /** Ends the apps that it has started and that are left. */
  end(): Promise<void>;
  /** Ends them, and removes the folder. */
  remove(): Promise<void>;
}

export function electronProgram(): string {
  const program = process.env.DROVER_ELECTRON;
  if (!program) throw new Error('DROVER_ELECTRON names no Electron: run these tests with npm run e2e.');
  return program;
}

/** What the program gets on its command line: root has no sandbox. */
export function electronArguments(...args: readonly string[]): string[] {
  return [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ROOT, ...args];
}

/** The process that has the data folder already, if one is running. */
async function daemonOf(dataFolder: string): Promise<number | null> {
  try {
    const { pid } = JSON.parse(await readFile(path.join(dataFolder, 'endpoint.json'), 'utf8')) as { pid: number };
    process.kill(pid, 0);
    return pid;
  } catch {
    return null;
  }
}

/** Which window shows this address. */
function nameOf(address: string): WindowName {
  const small = /#\/(pop-up|capture)$/.exec(address)?.[1];
  return (small as WindowName | undefined) ?? 'board';
}

/** What an app may take to start on a busy machine. */
const START_MS = 120_000;

/** What is shown of the output of an app that has ended by itself. */
const MOST_SAID = 4000;

/** `env` is added to the environment of the app. */
export async function createDesktopHome({
  env: more = {},
}: {
  env?: Record<string, string>;
} = {}): Promise<DesktopHome> {
  const temp = await createTempFolder();
  const dataFolder = path.join(temp.path, 'data');
  const repository = await createRepository(temp.path, { files: { 'README.md': '# Sample\n' } });
  const env = {
    ...cleanEnvironment(temp.path),
    DISPLAY: process.env.DISPLAY ?? '',
    XAUTHORITY: process.env.XAUTHORITY ?? '',
    // Chromium leaves things there when it is killed.
    TMPDIR: temp.path,
    DBUS_SESSION_BUS_ADDRESS: process.env.DBUS_SESSION_BUS_ADDRESS ?? '',
    XDG_CONFIG_HOME: path.join(temp.path, 'config'),
    XDG_RUNTIME_DIR: temp.path,
    // What is there of the system's bus in these tests.
    DBUS_SYSTEM_BUS_ADDRESS: process.env.DBUS_SESSION_BUS_ADDRESS ?? '',
    ...more,
  };
  const running = new Set<DesktopApp>();
  const connections: Connection[] = [];

  async function start(args: readonly string[] = []): Promise<DesktopApp> {
    const before = await daemonOf(dataFolder);
    const electron = await _electron.launch({
      executablePath: electronProgram(),
      args: electronArguments('--data', dataFolder, ...args),
      cwd: temp.path,
      env,
      timeout: START_MS,
    });
    const child = electron.process();
    const pid = child.pid ?? 0;
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-MOST_SAID);
    });
    const ended = once(child, 'exit').then(([code, signal]) => {
      if (code !== 0 && !killed) console.log(`The app ended by itself (${code ?? signal}):\n${said}`);
      return code as number | null;
    });
    let killed = false;
    const endpoint = await until(async () => {
      const text = await readFile(path.join(dataFolder, 'endpoint.json'), 'utf8').catch(() => null);
      const read = text === null ? null : (JSON.parse(text) as { url: string; token: string; pid: number });
      // Its own, or that of a daemon that was there before it.
      return read !== null && (read.pid === pid || before === read.pid) ? read : null;
    }, 'the endpoint file');
    const connection = connect({
      createSocket: () => {
        const headers = { authorization: `Bearer ${endpoint.token}` };
        const socket = new WebSocket(`${endpoint.url.replace('http', 'ws')}/rpc`, { headers });
        socket.on('error', () => {});
        return socket as never;
      },
    });
    connections.push(connection);
    const app: DesktopApp = {
      electron,
      pid,
      client: connection.client,
      board: () => app.page('board'),
      async page(window) {
        const page = await until(
          () => electron.windows().find((each) => nameOf(each.url()) === window),
          `the window ${window}`,
        );
        await page.waitForSelector('#root > *', { state: 'attached' });
        return page;
      },
      isVisible: (window = 'board') => app.toWindow(window, (each) => each.isVisible()).catch(() => false),
      toWindow: (window, what) =>
        electron.evaluate(
          async ({ BrowserWindow }, { wanted, body }) => {
            const found = BrowserWindow.getAllWindows().find((each) => {
              const small = /#\/(pop-up|capture)$/.exec(each.webContents.getURL())?.[1];
              return each.webContents.getURL() !== '' && (small ?? 'board') === wanted;
            });
            if (found === undefined) throw new Error(`There is no window ${wanted}.`);
            return new Function('window', `return (${body})(window)`)(found);
          },
          { wanted: window, body: String(what) },
        ),
      async log() {
        const text = await readFile(path.join(dataFolder, 'logs', 'drover.log'), 'utf8');
        return text
          .trim()
          .split('\n')
          .map((line) => String((JSON.parse(line) as { msg: string }).msg));
      },
      answerDialogs: (button) =>
        electron.evaluate(({ dialog }, response) => {
          const asked: string[] = [];
          Object.assign(globalThis, { askedOfPerson: asked });
          dialog.showMessageBox = async (...args: unknown[]) => {
            const { message, detail } = args.at(-1) as { message: string; detail?: string };
            asked.push(`${message} ${detail ?? ''}`.trim());
            return { response, checkboxChecked: false };
          };
        }, button),
      questions: () => electron.evaluate(() => (globalThis as { askedOfPerson?: string[] }).askedOfPerson ?? []),
      ended,
      async kill() {
        killed = true;
        running.delete(app);
        connection.close();
        child.kill('SIGKILL');
        await ended;
      },
    };
    running.add(app);
    void ended.then(() => {
      running.delete(app);
      connection.close();
    });
    return app;
  }

  async function end(): Promise<void> {
    for (const app of running) {
      app.electron.process().kill('SIGTERM');
      await app.ended;
    }
  }

  return {
    folder: temp.path,
    dataFolder,
    env,
    repository,
    start,
    createGate: () => createTaskGate(temp.path),
    async createTask({ client }, goal, items = ['Write a greeting']) {
      const projects = await client.projects.list();
      const project = projects[0] ?? (await client.projects.add({ path: repository.path }));
      return client.tasks.create({
        projectId: project.id,
        goal,
        items: items.map((text) => ({ text })),
        agent: { agent: 'demo' },
        start: true,
      });
    },
    end,
    async remove() {
      await end();
      for (const connection of connections) connection.close();
      await temp.remove();
    },
  };
}
