import { randomUUID } from 'node:crypto';
import type { Argv } from '../../contract/project/state.ts';
import { killMatching } from './kill-tree.ts';
import { StartFailure, spawnTree } from './spawn-tree.ts';
import { createTail } from './tail.ts';

const GRACE_MS = 2_000;
const STDERR_BYTES = 4 * 1024;
/** How long after its end the output of a command may stay open. */
const LINGER_MS = 300;

export interface CommandOptions {
  argv: Argv;
  cwd: string;
  /** The whole environment; `DROVER_RUN` and `DROVER_COMMAND` are added. */
  env: Readonly<Record<string, string>>;
  /** Milliseconds until the command and all it started are stopped. */
  timeoutMs: number;
  /** How much of the end of the output is kept. */
  maxOutputBytes: number;
  /** Keeps the end of what is printed to stderr apart from the output. */
  stdoutOnly?: boolean;
  /** Everything that is printed, as it comes. */
  onOutput?(chunk: Buffer): void;
  /** Stops the command and all it started when aborted. */
  signal?: AbortSignal;
  /** Set as `DROVER_RUN`, so that what the command leaves is found when the run ends. */
  marker?: string;
}

export interface CommandResult {
  /** Both null when the command could not be started, and then `problem` says why. */
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** The end of stdout and stderr, as they came. */
  output: string;
  /** The end of stderr, where it is kept apart. */
  stderr: string;
  /** Whether there was more output than is kept. */
  truncated: boolean;
  durationMs: number;
  timedOut: boolean;
  aborted: boolean;
  problem: string | null;
  /** The program is not there, or nothing that can be executed. */
  isMissing: boolean;
}

/**
 * Runs a command to its end, without a shell and without input. Never rejects: also a program that is not there is a
 * result. Memory is bounded by `maxOutputBytes` however much is printed. Everything in the process group of the
 * command is gone when this resolves; only what put itself into a session of its own and let go of the output lives on
 * (a database started as a service).
 */
export async function runCommand(options: CommandOptions): Promise<CommandResult> {
  const { argv, cwd, timeoutMs, maxOutputBytes, onOutput, signal, marker } = options;
  const started = performance.now();
  const tail = createTail(maxOutputBytes);
  const apart = createTail(STDERR_BYTES);
  const result = (end: Partial<CommandResult>): CommandResult => ({
    exitCode: null,
    signal: null,
    output: tail.text(),
    stderr: apart.text(),
    truncated: tail.total > maxOutputBytes,
    durationMs: Math.round(performance.now() - started),
    timedOut: false,
    aborted: false,
    problem: null,
    isMissing: false,
    ...end,
  });
  if (signal?.aborted) return result({ aborted: true, problem: 'Stopped before it began.' });

  const [program = '', ...args] = argv;
  // A mark of its own: the run's marker is also on the agent, which must live on.
  const mark = randomUUID();
  const env: Record<string, string> = { ...options.env, DROVER_COMMAND: mark };
  if (marker !== undefined) env.DROVER_RUN = marker;

  let spawned: Awaited<ReturnType<typeof spawnTree>>;
  try {
    spawned = await spawnTree({ program, args, cwd, env, stdin: 'ignore' });
  } catch (error) {
    if (!(error instanceof StartFailure)) throw error;
    return result({ problem: error.message, isMissing: error.code === 'program-missing' });
  }
  const { child, identity } = spawned;
  const take = (chunk: Buffer) => {
    tail.push(chunk);
    onOutput?.(chunk);
  };
  child.stdout?.on('data', take).on('error', () => {});
  child.stderr?.on('data', options.stdoutOnly ? (chunk: Buffer) => apart.push(chunk) : take).on('error', () => {});

  let killing: Promise<unknown> | null = null;
  let timedOut = false;
  let aborted = false;
  const kill = () => {
    killing ??= killMatching({ leader: identity, entry: `DROVER_COMMAND=${mark}`, graceMs: GRACE_MS });
  };
  const timer = setTimeout(() => {
    timedOut = true;
    kill();
  }, timeoutMs);
  const onAbort = () => {
    aborted = true;
    kill();
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();

  let linger: NodeJS.Timeout | null = null;
  const end = await new Promise<{ exitCode: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', () => {
      clearTimeout(timer);
      linger = setTimeout(kill, LINGER_MS);
    });
    child.once('close', (exitCode, signal) => resolve({ exitCode, signal }));
  });
  if (linger) clearTimeout(linger);
  clearTimeout(timer);
  signal?.removeEventListener('abort', onAbort);
  if (groupLives(identity.pid)) kill();
  await killing;
  return result({ ...end, timedOut, aborted });
}

function groupLives(pid: number): boolean {
  if (process.platform === 'win32') return false;
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}
