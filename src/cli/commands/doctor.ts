import type { Command } from '../context.ts';
import { runProgram } from '../program-files.ts';
import { dataArgument } from './serve.ts';

export const run: Command = (context, _args, options) =>
  runProgram(context, 'doctor', [...dataArgument(options.data), ...(options.json ? ['--json'] : [])]);
