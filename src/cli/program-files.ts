import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Context } from './context.ts';
import { EXIT_INTERRUPTED, Failure } from './failure.ts';

const HERE = fileURLToPath(import.meta.url);
const OLDEST_NODE = 22;

/** The folder of Drover itself: the nearest above this file whose package.json is Drover's. */
export function droverFolder(): { folder: string; version: string } {
  for (let folder = dirname(HERE); ; folder = dirname(folder)) {
    try {
      const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      if (name === 'drover') return { folder, version: String(version) };
    } catch {
      // Not here: one folder up.
    }
    if (folder === dirname(folder)) return { folder, version: '0.0.0' };
  }
}

/** A program of the daemon: the Node that runs it, with what that needs in its environment, and its file. */
export interface DaemonProgram {
  node: string;
  program: string;
  env: Record<string, string>;
}

/** Throws `Failure` when it was not built, or there is no Node for it. */
export function findProgram(name: 'main' | 'doctor'): DaemonProgram {
  const { folder } = droverFolder();
  const source = HERE.endsWith('.ts');
  const program = source ? join(folder, 'src', 'daemon', `${name}.ts`) : join(folder, 'out', 'daemon', `${name}.js`);
  if (!existsSync(program)) throw new Failure('unavailable', `${program} is missing; \`npm run build\` makes it.`);
  const node = findNode(folder);
  if (node === null) {
    throw new Failure('unavailable', `Drover needs Node ${OLDEST_NODE} or newer to run; this is ${process.version}.`);
  }
  // The Node of a packaged app is its Electron.
  const isElectron = node === process.execPath && process.versions.electron !== undefined;
  return { node, program, env: isElectron ? { ELECTRON_RUN_AS_NODE: '1' } : {} };
}

/**
 * Runs a program of the daemon in the foreground and returns its exit code. Signals are passed on, each once: the
 * program has a process group of its own, so that Ctrl-C in a terminal reaches it only through here.
 */
export function runProgram(context: Context, name: 'main' | 'doctor', args: readonly string[]): Promise<number> {
  const { node, program } = findProgram(name);
  return new Promise((resolve, reject) => {
    const child = spawn(node, [program, ...args], {
      stdio: 'inherit',
      cwd: context.cwd,
      detached: process.platform !== 'win32',
    });
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    const pass = (signal: NodeJS.Signals) => child.kill(signal);
    for (const signal of signals) process.on(signal, pass);
    const release = () => {
      for (const signal of signals) process.off(signal, pass);
    };
    child.once('error', (error) => {
      release();
      reject(new Failure('unavailable', `${node} cannot be started: ${error.message}.`));
    });
    child.once('exit', (code) => {
      release();
      resolve(code ?? EXIT_INTERRUPTED);
    });
  });
}

/** The Node that Drover brings along, else the one that runs this if it is new enough, else null. */
function findNode(folder: string): string | null {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const require = createRequire(join(folder, 'package.json'));
  for (const prefix of ['node', 'node-bin']) {
    try {
      const manifest = require.resolve(`${prefix}-${system}-${process.arch}/package.json`);
      const node = join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
      if (existsSync(node)) return node;
    } catch {
      // Not installed: the next one.
    }
  }
  return Number(process.versions.node.split('.')[0]) >= OLDEST_NODE ? process.execPath : null;
}
