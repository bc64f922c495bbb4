import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Scope } from '../../src/core/base/scope.ts';
import { connectDevtools, type Devtools } from './devtools.ts';
import { installProbe } from './page-probe.ts';

const EMPTY_APP = resolve(import.meta.dirname, 'empty-app');
const KILL_AFTER_MS = 20_000;

/** What `npm run bench` has found out: Electron's program, on a screen and a session bus; or what is missing. */
export function electronHere(): { electron: string } | { leftOut: string } {
  const { DROVER_ELECTRON: electron, DROVER_NO_ELECTRON: problem, DISPLAY, DBUS_SESSION_BUS_ADDRESS } = process.env;
  if (!electron) return { leftOut: problem ?? 'there is no Electron' };
  if (!DISPLAY || !DBUS_SESSION_BUS_ADDRESS) return { leftOut: 'there is no screen or no session bus' };
  return { electron };
}

/** An Electron that runs. */
export interface ElectronRun {
  pid: number;
  /** When its process was started, in milliseconds since 1970. */
  startedAt: number;
  devtools: Promise<Devtools>;
  /** The next line on stdout that begins with `word`, without it. To be called before it can come. */
  line(word: string): Promise<string>;
  /** Writes a line to its stdin. */
  tell(word: string): void;
  stop(): Promise<void>;
}

export interface ElectronOptions {
  electron: string;
  /** What it is given to run, and more. */
  args: readonly string[];
  /** A folder of its own. */
  home: string;
  env: Record<string, string>;
  /** A module that is loaded first. */
  require?: string;
}

/** Starts Electron; it is stopped with `scope` at the latest. */
export function startElectron({ electron, args, home, env, require }: ElectronOptions, scope: Scope): ElectronRun {
  const startedAt = Date.now();
  const child = spawn(
    electron,
    [
      // Root has no sandbox.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--remote-debugging-port=0',
      ...(require === undefined ? [] : ['-r', require]),
      ...args,
    ],
    { cwd: home, env: { ...env, ...desktopEnvironment(home) }, stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const gone = once(child, 'exit');
  let stopping: Promise<void> | null = null;
  let devtools: Devtools | null = null;
  const stop = () => {
    stopping ??= (async () => {
      devtools?.close();
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
        await gone;
        clearTimeout(timer);
      }
    })();
    return stopping;
  };
  scope.add(stop);

  const said: string[] = [];
  const died = gone.then(([code, signal]) => {
    throw new Error(`Electron ended by itself with ${signal ?? code}: ${said.slice(-5).join(' | ')}`);
  });
  died.catch(() => {});
  const errors = createInterface({ input: child.stderr });
  const listens = new Promise<string>((done) => {
    errors.on('line', (line) => {
      said.push(line);
      const [, address] = /^DevTools listening on (ws:\S+)$/.exec(line) ?? [];
      if (address) done(address);
    });
  });
  const lines = createInterface({ input: child.stdout });
  const connecting = Promise.race([listens, died]).then(async (address) => {
    devtools = await connectDevtools(address, `(${installProbe.toString()})();`);
    return devtools;
  });
  connecting.catch(() => {});
  return {
    pid: child.pid ?? 0,
    startedAt,
    devtools: connecting,
    line: (word) =>
      Promise.race([
        died,
        new Promise<string>((done) => {
          lines.on('line', (line) => {
            if (line.startsWith(`${word} `)) done(line.slice(word.length + 1));
          });
        }),
      ]),
    tell: (word) => void child.stdin.write(`${word}\n`),
    stop,
  };
}

/** The app that does nothing. */
export function emptyApp(home: string): { args: string[]; env: Record<string, string> } {
  return { args: [EMPTY_APP], env: { EMPTY_APP_PROFILE: home } };
}

function desktopEnvironment(home: string): Record<string, string> {
  const { DISPLAY = '', XAUTHORITY = '', DBUS_SESSION_BUS_ADDRESS = '' } = process.env;
  return { DISPLAY, XAUTHORITY, DBUS_SESSION_BUS_ADDRESS, TMPDIR: home, XDG_CONFIG_HOME: home, XDG_RUNTIME_DIR: home };
}
