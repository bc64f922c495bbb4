import type { Context, Output } from '../../src/cli/context.ts';
import { noPaint } from '../../src/cli/printing/paint.ts';
import { run } from '../../src/cli/run.ts';

export interface CliResult {
  code: number;
  stdout: string;
  stderr: string;
}

export interface RunningCli {
  result: Promise<CliResult>;
  /** What was printed so far. */
  stdout(): string;
  stderr(): string;
  /** As Ctrl-C. */
  interrupt(): void;
}

export interface CliOptions {
  dataFolder: string;
  cwd?: string;
  env?: Record<string, string>;
  /** What is piped in; left out, standard input is a terminal. */
  stdin?: string;
  /** A terminal as wide as this; left out, output goes to a pipe. */
  columns?: number;
}

/** Runs the `drover` command in this process, without one of its own. */
export function startCli(args: readonly string[], options: CliOptions): RunningCli {
  const out = collect(options.columns);
  const err = collect(undefined);
  let interrupt = () => {};
  const context: Context = {
    env: { DROVER_DATA: options.dataFolder, ...options.env },
    cwd: options.cwd ?? options.dataFolder,
    home: options.dataFolder,
    platform: 'linux',
    stdin: { isTTY: options.stdin === undefined, [Symbol.asyncIterator]: () => chunks(options.stdin ?? '') },
    out: out.output,
    err: err.output,
    screen: () => null,
    onInterrupt(handler) {
      interrupt = handler;
      return () => {
        interrupt = () => {};
      };
    },
  };
  return {
    result: run(context, args, '1.2.3').then((code) => ({ code, stdout: out.text(), stderr: err.text() })),
    stdout: out.text,
    stderr: err.text,
    interrupt: () => interrupt(),
  };
}

/** Like `startCli`, until the end. */
export function runCli(args: readonly string[], options: CliOptions): Promise<CliResult> {
  return startCli(args, options).result;
}

async function* chunks(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

function collect(columns: number | undefined): { output: Output; text(): string } {
  let text = '';
  return {
    text: () => text,
    output: {
      isTerminal: columns !== undefined,
      paint: noPaint,
      columns: () => columns ?? Number.POSITIVE_INFINITY,
      write: (more) => {
        text += more;
      },
      drained: () => Promise.resolve(),
    },
  };
}
