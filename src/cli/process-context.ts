import { homedir } from 'node:os';
import type { Context, Output } from './context.ts';
import { createPaint, wantsColour } from './printing/paint.ts';
import { screenOfProcess } from './screen-device.ts';

/** The context of this very process. A reader of our output that goes away ends the process quietly. */
export function createProcessContext(): Context {
  return {
    env: process.env,
    cwd: process.cwd(),
    home: homedir(),
    platform: process.platform,
    // Opened only when it is read.
    get stdin() {
      return process.stdin;
    },
    out: createOutput(process.stdout),
    err: createOutput(process.stderr),
    screen: screenOfProcess,
    onInterrupt(handler) {
      process.once('SIGINT', handler);
      return () => process.off('SIGINT', handler);
    },
  };
}

function createOutput(stream: NodeJS.WriteStream): Output {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const isTerminal = stream.isTTY === true;
  return {
    isTerminal,
    paint: createPaint(wantsColour(isTerminal, process.env)),
    columns: () => (isTerminal ? stream.columns || 80 : Number.POSITIVE_INFINITY),
    write(text) {
      if (text !== '') stream.write(text);
    },
    drained: () =>
      stream.writableNeedDrain ? new Promise((resolve) => stream.once('drain', () => resolve())) : Promise.resolve(),
  };
}

/** Ends this process when everything written has left. */
export function exit(code: number): void {
  process.exitCode = code;
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
}
