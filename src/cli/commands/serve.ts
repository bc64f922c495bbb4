import type { Command } from '../context.ts';
import { readWhole } from '../input/numbers.ts';
import { runProgram } from '../program-files.ts';

export const run: Command<{ port?: string }> = async (context, _args, options) => {
  const port = options.port === undefined ? [] : ['--port', String(readWhole(options.port, '--port', 0, 65_535))];
  return runProgram(context, 'main', [...port, ...dataArgument(options.data), ...(options.json ? ['--json'] : [])]);
};

/** `--data` for a program of the daemon. */
export function dataArgument(data: string | undefined): string[] {
  return data === undefined ? [] : ['--data', data];
}
