import { statSync } from 'node:fs';
import { constants } from 'node:os';
import type { ProcessIdentity } from '../../contract/run/state.ts';
import { findProgram } from '../process/find-program.ts';
import { identify } from '../process/identity.ts';
import { killMatching } from '../process/kill-tree.ts';
import { StartFailure } from '../process/spawn-tree.ts';
import { type NodePtyProcess, nodePty } from './node-pty.ts';
import { clampSize, type TerminalSize } from './pty-size.ts';

/** What programs are told of the terminal, unless `env` says something else. */
const TERM = 'xterm-256color';

export interface PtyOptions extends TerminalSize {
  /** Absolute path, or a name that is looked for in `env.PATH`. */
  program: string;
  args: readonly string[];
  /** The whole environment; only TERM is added where it is missing, PWD is that of `cwd`. */
  env: Readonly<Record<string, string>>;
  cwd: string;
  /** An entry (`NAME=value`) that is added to the environment, and by which strays are found: see `killMatching`. */
  entry?: string;
}

/** How a program in a PTY ended. Exactly one of `code` and `signal` is set. */
export interface PtyExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A program in a pseudo-terminal, as leader of a session of its own. */
export interface Pty {
  readonly pid: number;
  readonly identity: ProcessIdentity;
  /**
   * When the program has ended and its output has been read. Never rejects. What it left behind may run on until `end`,
   * without a terminal.
   */
  readonly exited: Promise<PtyExit>;
  /** Hands over every piece of output from now on; called in the turn of the event loop that has started it, no byte is missed. */
  onData(listener: (bytes: Uint8Array) => void): void;
  onExit(listener: (exit: PtyExit) => void): void;
  /** What a person types. Nothing happens when the program has ended. */
  write(data: string | Uint8Array): void;
  /** Tells the program of another size, clamped to what a terminal may have. */
  resize(size: TerminalSize): void;
  /** Reads no more until `resume`: the program waits when the buffer of the kernel is full. */
  pause(): void;
  resume(): void;
  /**
   * SIGHUP to the program as when a terminal is closed, SIGTERM to the tree, up to `graceMs`, SIGKILL to what is left.
   * Resolves with true when all are gone, also those that have left the session and bear the entry.
   */
  end(graceMs: number): Promise<boolean>;
}

/**
 * Starts a program in a PTY, by arguments and without a shell of ours. Throws `StartFailure` (program or folder not
 * there, no PTY to be had); nothing runs then.
 */
export function startPty(options: PtyOptions): Pty {
  const { cwd, entry } = options;
  const program = findProgram(options.program, options.env.PATH);
  if (!program) {
    throw new StartFailure('program-missing', `The program ${options.program} was not found or cannot be executed.`);
  }
  if (!isFolder(cwd)) {
    throw new StartFailure('folder-missing', `${program} cannot be started in ${cwd}: there is no such folder.`);
  }
  const env = { TERM, ...options.env, ...(entry === undefined ? {} : entryOf(entry)) };
  const child = spawn(program, options.args, { ...clampSize(options), cwd, env, name: env.TERM, encoding: null });
  // A program that ended in this very moment has no identity any more, and what it left is found by its entry.
  const identity = identify(child.pid) ?? { pid: child.pid, startTime: 'gone' };

  let isOver = false;
  const exited = new Promise<PtyExit>((resolve) => {
    child.onExit(({ exitCode, signal }) => {
      isOver = true;
      resolve(signal ? { code: null, signal: signalName(signal) } : { code: exitCode, signal: null });
    });
  });

  return {
    pid: child.pid,
    identity,
    exited,
    onData: (listener) => child.onData(listener),
    onExit: (listener) => void exited.then(listener),
    write(data) {
      if (isOver || data.length === 0) return;
      child.write(typeof data === 'string' ? data : Buffer.from(data.buffer, data.byteOffset, data.byteLength));
    },
    resize(size) {
      if (isOver) return;
      const { cols, rows } = clampSize(size);
      try {
        child.resize(cols, rows);
      } catch {
        // It has ended in this moment; nobody is there to be told.
      }
    },
    pause() {
      if (!isOver) child.pause();
    },
    resume() {
      if (!isOver) child.resume();
    },
    async end(graceMs) {
      // Shells end by SIGHUP, and do not mind SIGTERM.
      if (!isOver) hangUp(identity);
      // A paused PTY would hold a program that waits until its output has been read.
      if (!isOver) child.resume();
      const isGone = await killMatching({ leader: identity, entry: entry ?? null, graceMs });
      if (isGone) await exited;
      return isGone;
    },
  };
}

function spawn(program: string, args: readonly string[], options: Parameters<typeof start>[2]): NodePtyProcess {
  try {
    return start(program, args, options);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new StartFailure('failed', `${program} cannot be started: there is no terminal for it (${words}).`, error);
  }
}

function start(program: string, args: readonly string[], options: Parameters<ReturnType<typeof nodePty>['spawn']>[2]) {
  return nodePty().spawn(program, [...args], options);
}

function hangUp(identity: ProcessIdentity): void {
  const now = identify(identity.pid);
  if (now === null || now.startTime !== identity.startTime) return;
  try {
    process.kill(identity.pid, 'SIGHUP');
    process.kill(identity.pid, 'SIGCONT');
  } catch {
    // Gone in this moment.
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function entryOf(entry: string): Record<string, string> {
  const at = entry.indexOf('=');
  return { [entry.slice(0, at)]: entry.slice(at + 1) };
}

function signalName(number: number): NodeJS.Signals {
  const found = Object.entries(constants.signals).find(([, value]) => value === number);
  return (found?.[0] ?? 'SIGKILL') as NodeJS.Signals;
}
