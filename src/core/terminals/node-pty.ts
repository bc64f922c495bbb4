import { createRequire } from 'node:module';

/** The part of node-pty that is used here; its own types name it by another package name. */
interface NodePty {
  spawn(file: string, args: string[], options: NodePtyOptions): NodePtyProcess;
}

interface NodePtyOptions {
  name: string;
  cols: number;
  rows: number;
  cwd: string;
  env: Record<string, string>;
  /** Null: bytes as they are. */
  encoding: null;
}

export interface NodePtyProcess {
  readonly pid: number;
  onData(listener: (data: Buffer) => void): void;
  onExit(listener: (exit: { exitCode: number; signal?: number }) => void): void;
  write(data: string | Buffer): void;
  resize(cols: number, rows: number): void;
  pause(): void;
  resume(): void;
}

let loaded: NodePty | null = null;

/** Loaded when the first PTY is started: a Drover without terminals does without its native part. */
export function nodePty(): NodePty {
  loaded ??= createRequire(import.meta.url)('node-pty') as NodePty;
  return loaded;
}
