import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, copyFile, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { chromium, type Page } from 'playwright';
import { WebSocket } from 'ws';
import type { Client } from '../src/contract/client.ts';
import { connect } from '../src/contract/connection/connect.ts';
import { cleanEnvironment } from '../test/support/host.ts';
import { createRepository } from '../test/support/repository.ts';
import { createTempFolder } from '../test/support/temp.ts';
import { until } from '../test/support/until.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const PACKED = path.join(ROOT, 'dist', 'linux-unpacked');
const PROGRAM = 'drover-desktop';
/** Debian's `nobody`: whom root becomes, because Chromium has no sandbox for root. */
const ORDINARY_USER = 65534;

const run = promisify(execFile);

/** A packed app in a folder as if it were installed, and a home of an ordinary user. */
export interface PackagedHome {
  /** The app's own folder, with the program in it. */
  appFolder: string;
  program: string;
  dataFolder: string;
  /** A script that Node would run first if the app let `NODE_OPTIONS` tell it so; it would write `intruded`. */
  intruded: string;
  repository: string;
  start(): Promise<PackagedApp>;
  /** Runs a program of the app's folder as the user and gives what it printed. */
  command(args: readonly [string, ...string[]]): Promise<string>;
  /** The pids of all that runs from the app's folder. */
  processes(): Promise<number[]>;
  remove(): Promise<void>;
}

export interface PackagedApp {
  pid: number;
  address: string;
  token: string;
  client: Client;
  /** The window. */
  page: Page;
  /** Asks it to end and gives the exit code. */
  quit(): Promise<number | null>;
}

/** Makes dist/linux-unpacked of what is built now. */
export async function packageApp(): Promise<void> {
  const script = path.join(ROOT, 'scripts', 'package.mjs');
  await run(process.execPath, [script, 'dir'], { cwd: ROOT }).catch((error: { stdout: string; stderr: string }) => {
    throw new Error(`The app could not be packaged:\n${error.stdout}\n${error.stderr}`);
  });
}

export async function createPackagedHome(): Promise<PackagedHome> {
  const isRoot = process.getuid?.() === 0;
  const temp = await createTempFolder();
  const home = path.join(temp.path, 'home');
  const dataFolder = path.join(home, 'data');
  const intruded = path.join(home, 'intruded');
  const intruder = path.join(home, 'intruder.cjs');
  for (const name of ['', 'runtime', 'config', 'tmp']) await mkdir(path.join(home, name), { mode: 0o700 });
  const repository = await createRepository(home);
  await writeFile(intruder, `require('node:fs').writeFileSync(${JSON.stringify(intruded)}, '')`);
  // The cookie of the screen, which belongs to whoever has started that.
  const cookie = path.join(home, 'screen');
  if (process.env.XAUTHORITY) await copyFile(process.env.XAUTHORITY, cookie);

  let appFolder = PACKED;
  if (isRoot) {
    // The checkout may lie where nobody else may look.
    appFolder = path.join(temp.path, 'app');
    await cp(PACKED, appFolder, { recursive: true });
    for (const folder of [tmpdir(), temp.path]) await chmod(folder, 0o711);
    await chown(home, ORDINARY_USER, ORDINARY_USER);
    for (const name of await readdir(home, { recursive: true })) {
      await chown(path.join(home, name), ORDINARY_USER, ORDINARY_USER);
    }
  }
  const asUser = isRoot ? ['setpriv', `--reuid=${ORDINARY_USER}`, `--regid=${ORDINARY_USER}`, '--clear-groups'] : [];
  const env = {
    ...cleanEnvironment(home),
    TMPDIR: path.join(home, 'tmp'),
    DISPLAY: process.env.DISPLAY ?? '',
    XAUTHORITY: cookie,
    XDG_RUNTIME_DIR: path.join(home, 'runtime'),
    XDG_CONFIG_HOME: path.join(home, 'config'),
    NODE_OPTIONS: `--require=${intruder}`,
  };
  const program = path.join(appFolder, PROGRAM);
  const started: ChildProcess[] = [];
  const cleanUp: (() => unknown)[] = [];

  async function start(): Promise<PackagedApp> {
    const words = ['dbus-run-session', '--', program, '--remote-debugging-port=0', '--data', dataFolder];
    const [first = '', ...rest] = [...asUser, ...words];
    const child = spawn(first, rest, { cwd: home, env, stdio: ['ignore', 'ignore', 'pipe'] });
    started.push(child);
    const ended = once(child, 'exit').then(([code]) => code as number | null);
    const said: string[] = [];
    const died = ended.then(async (code) => {
      const log = await readFile(path.join(dataFolder, 'logs', 'drover.log'), 'utf8').catch(() => '');
      throw new Error(`The packed app ended with ${code}:\n${said.join('\n')}\n${log.slice(-2000)}`);
    });
    died.catch(() => {});
    const inspected = await Promise.race([addressOfDebugger(child, said), died]);
    const read = async () => {
      const text = await readFile(path.join(dataFolder, 'endpoint.json'), 'utf8').catch(() => null);
      return text === null ? null : (JSON.parse(text) as { url: string; token: string; pid: number });
    };
    const endpoint = await Promise.race([until(read, 'the endpoint file'), died]);
    const connection = connect({
      createSocket: () => {
        const headers = { authorization: `Bearer ${endpoint.token}` };
        const socket = new WebSocket(`${endpoint.url.replace('http', 'ws')}/rpc`, { headers });
        socket.on('error', () => {});
        return socket as never;
      },
    });
    cleanUp.push(() => connection.close());
    const browser = await chromium.connectOverCDP(inspected);
    cleanUp.push(() => browser.close());
    const page = await until(() => browser.contexts()[0]?.pages()[0], 'the window');
    return {
      pid: endpoint.pid,
      address: endpoint.url,
      token: endpoint.token,
      client: connection.client,
      page,
      async quit() {
        process.kill(endpoint.pid, 'SIGTERM');
        return ended;
      },
    };
  }

  return {
    appFolder,
    program,
    dataFolder,
    intruded,
    repository: repository.path,
    start,
    async command([name, ...args]) {
      const [first = '', ...rest] = [...asUser, path.join(appFolder, name), ...args];
      const { stdout } = await run(first, rest, { cwd: home, env: { ...env, DROVER_DATA: dataFolder } });
      return stdout;
    },
    processes: () => processesOf(appFolder),
    async remove() {
      for (const undo of cleanUp) await undo();
      for (const pid of await processesOf(appFolder)) process.kill(pid, 'SIGKILL');
      await Promise.all(started.map((child) => child.exitCode ?? child.signalCode ?? once(child, 'exit')));
      await temp.remove();
    },
  };
}

/** Chromium says it on standard error, which is read on so that it never has to wait for us. */
function addressOfDebugger({ stderr }: ChildProcess, said: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    if (stderr === null) return reject(new Error('Its standard error is not read.'));
    createInterface({ input: stderr }).on('line', (line) => {
      if (said.length < 50) said.push(line);
      const address = /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (address) resolve(address);
    });
  });
}

async function processesOf(folder: string): Promise<number[]> {
  const pids: number[] = [];
  for (const name of await readdir('/proc')) {
    const command = /^\d+$/.test(name) ? await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '') : '';
    if (command.startsWith(`${folder}/`)) pids.push(Number(name));
  }
  return pids;
}
