import type { Command } from 'commander';
import type { Context } from './context.ts';
import { badInput, EXIT_INPUT, type Failure, toFailure } from './failure.ts';
import { safeBlock, safeLine } from './printing/sanitise.ts';
import { createProgram } from './program.ts';

/**
 * Runs one command line (without `node` and the script) and returns the exit code. Every failure is told here, in a
 * sentence on standard error, or with `--json` as `{"error":{"code","message","allowed"?}}` on standard output.
 */
export async function run(context: Context, args: readonly string[], version: string): Promise<number> {
  let exitCode = 0;
  let complaint = '';
  const program = createProgram({
    version,
    columns: () => (context.out.isTerminal ? Math.min(context.out.columns(), 120) : undefined),
    writeOut: (text) => context.out.write(text),
    writeErr: (text) => {
      complaint += text;
    },
    async dispatch(load, command) {
      const { run: runCommand } = await load();
      // The options are what the tree declares for this command.
      exitCode = (await runCommand(context, command.args, command.optsWithGlobals() as never)) ?? 0;
    },
  });
  try {
    if (args[0] === '__complete') {
      const { complete } = await import('./commands/complete.ts');
      await complete(context, program, args.slice(1));
    } else {
      await program.parseAsync([...args], { from: 'user' });
    }
    return exitCode;
  } catch (error) {
    if (isCommanderError(error)) {
      if (error.exitCode === 0) return 0;
      if (error.code === 'commander.help' && !wantsJson(args)) {
        // A group without a verb: its help is the answer.
        context.err.write(complaint);
        return EXIT_INPUT;
      }
      return tell(context, args, badInput(wordsOf(error, program)));
    }
    return tell(context, args, toFailure(error));
  }
}

function tell(context: Context, args: readonly string[], failure: Failure): number {
  const { code, message, allowed, exitCode } = failure;
  if (wantsJson(args)) {
    const error = { code, message, ...(allowed ? { allowed } : {}) };
    context.out.write(`${JSON.stringify({ error })}\n`);
    return exitCode;
  }
  const list = allowed && allowed.length > 0 ? `\nAllowed: ${allowed.map(safeLine).join(', ')}` : '';
  context.err.write(`${context.err.paint('red', 'drover:')} ${safeBlock(message)}${list}\n`);
  return exitCode;
}

/** Whether `--json` was meant; asked also of command lines that cannot be read. */
function wantsJson(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).includes('--json');
}

interface CommanderError {
  code: string;
  exitCode: number;
  message: string;
}

function isCommanderError(error: unknown): error is CommanderError & Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
}

/** What helps where Commander has nothing to suggest. */
const WAYS: Readonly<Record<string, string>> = {
  'commander.unknownOption': 'Put -- before words that begin with a dash.',
  'commander.unknownCommand': '`drover --help` lists the commands.',
};

/** Commander's words as sentences: `Unknown option '--jsn'. Did you mean --json?` */
function wordsOf({ code, message }: CommanderError, program: Command): string {
  if (code === 'commander.help') return `Say what to do: ${program.name()} --help shows what there is.`;
  const [first = '', ...rest] = message.replace(/^error: /, '').split('\n');
  const sentence = `${first.charAt(0).toUpperCase()}${first.slice(1)}`;
  const hint = rest.join(' ').replace(/^\((.*)\)$/, '$1');
  const way = hint === '' ? (WAYS[code] ?? '') : hint;
  return [/[.!?]$/.test(sentence) ? sentence : `${sentence}.`, way].filter(Boolean).join(' ');
}
