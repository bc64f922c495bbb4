import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { cleanEnvironment } from './host.ts';
import { CLI, DAEMON } from './programs.ts';

/** A daemon as a process of its own. */
export interface TestDaemon {
  process: ChildProcess;
  address: string;
  /** Ends it with SIGKILL, as a crash would. */
  kill(): Promise<void>;
  /** Ends it in good order. */
  stop(): Promise<void>;
}

export interface DroverResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Within the time of a hook, so that what is wrong is told. */
const PATIENCE_MS = 90_000;

/** Starts the daemon on a data folder and waits until it listens. */
export async function startDaemon(
  dataFolder: string,
  home: string,
  env: Record<string, string> = {},
): Promise<TestDaemon> {
  const child = spawn(process.execPath, [DAEMON, '--data', dataFolder], {
    env: { ...cleanEnvironment(home), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = once(child, 'exit');
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line', { signal: AbortSignal.timeout(PATIENCE_MS) }).then(
      ([text]) => String(text),
      async () => {
        // Nobody else knows of it, and where it stands is gone with it.
        const stands = await readFile(`/proc/${child.pid}/wchan`, 'utf8').catch(() => 'unknown');
        child.kill('SIGKILL');
        throw new Error(`The daemon ${child.pid} said nothing for ${PATIENCE_MS} ms (${stands}): ${stderr}`);
      },
    ),
    ended.then(([code]) => {
      throw new Error(`The daemon ended with ${code}: ${stderr}`);
    }),
  ]);
  const end = (signal: NodeJS.Signals) => async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  return {
    process: child,
    address: /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? '',
    kill: end('SIGKILL'),
    stop: end('SIGTERM'),
  };
}

/** Runs the `drover` command to its end. `onLine` gets each line of its output as it comes. */
export async function drover(
  dataFolder: string,
  home: string,
  args: readonly string[],
  options: {
    env?: Record<string, string>;
    input?: string;
    cwd?: string;
    onLine?(line: string): void;
    /** Ends the command with SIGTERM. */
    signal?: AbortSignal;
  } = {},
): Promise<DroverResult> {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { ...cleanEnvironment(home), DROVER_DATA: dataFolder, ...options.env },
    cwd: options.cwd,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  createInterface({ input: child.stdout }).on('line', (line) => {
    stdout += `${line}\n`;
    options.onLine?.(line);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const stop = () => child.kill('SIGTERM');
  options.signal?.addEventListener('abort', stop);
  child.stdin.end(options.input ?? '');
  const [code] = (await once(child, 'close')) as [number | null];
  options.signal?.removeEventListener('abort', stop);
  return { code, stdout, stderr };
}
