import type { Readable, Writable } from 'node:stream';
import type { ProcessIdentity } from '../../contract/run/state.ts';

export interface ChildOptions {
  /** Absolute path, or a name that is looked for in `env.PATH`. */
  program: string;
  args: readonly string[];
  cwd: string;
  /** The whole environment; nothing of ours is added. */
  env: Readonly<Record<string, string>>;
  /** If given, set as DROVER_RUN in the child's environment, and used to find strays when the tree is killed. */
  marker?: string;
}

/** How a process ended. Exactly one of `code` and `signal` is set. `stderr` is the end of what it wrote there. */
export interface ChildExit {
  code: number | null;
  signal: NodeJS.Signals | null;
  stderr: string;
}

/** A process we started, in a process group of its own. */
export interface Child {
  readonly identity: ProcessIdentity;
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** After `close`: the process is gone and its output has been read. Never rejects. */
  readonly closed: Promise<ChildExit>;
  /** SIGTERM to the tree, up to `graceMs`, SIGKILL to what is left; resolves when all of it is gone. */
  stop(graceMs: number): Promise<void>;
}
