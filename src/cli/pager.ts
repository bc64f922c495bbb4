import { execFile, spawn } from 'node:child_process';
import { splitCommand } from '../contract/words/argv.ts';
import type { Context } from './context.ts';

/** Pages only what is longer than the screen, keeps colours, and leaves the text on the screen: as git has it. */
const LESS = 'FRX';

/**
 * Shows text on the terminal through the pager of the person: the one that git has, in `GIT_PAGER`, their own
 * configuration (never that of a repository) or `PAGER`, else `less`. It is started without a shell. Where there is no
 * terminal, or no such program, the text is written as it is. It must be safe by now.
 */
export async function page(context: Context, text: string): Promise<void> {
  const pager = context.out.isTerminal && text !== '' ? choosePager(context.env, await configuredPager(context)) : null;
  if (pager === null || !(await pageThrough(context, pager, text))) context.out.write(text);
}

/** The pager as program and arguments; null when there is to be none, or one that only a shell can start. */
export function choosePager(
  env: Readonly<Record<string, string | undefined>>,
  configured: string | null,
): readonly string[] | null {
  const chosen = (env.GIT_PAGER ?? configured ?? env.PAGER ?? 'less').trim();
  if (chosen === '' || chosen === 'cat') return null;
  const split = splitCommand(chosen);
  return split.ok ? split.argv : null;
}

/** `core.pager` of the user; null where it is not set, and where there is no git. */
function configuredPager({ env, home }: Context): Promise<string | null> {
  const args = ['config', '--global', '--get', 'core.pager'];
  return new Promise((resolve) => {
    execFile('git', args, { cwd: home, env: { ...env }, timeout: 5_000 }, (error, stdout) => {
      resolve(error ? null : stdout.replace(/\r?\n$/, ''));
    });
  });
}

/** Resolves with false when it cannot be started. */
function pageThrough(context: Context, [program = '', ...args]: readonly string[], text: string): Promise<boolean> {
  // Ctrl-C is for the pager.
  let heard = () => {};
  const ignore = () => {
    heard = context.onInterrupt(ignore);
  };
  ignore();
  return new Promise<boolean>((resolve) => {
    const env = { LESS, LV: '-c', ...context.env };
    const child = spawn(program, args, { env, stdio: ['pipe', 'inherit', 'inherit'] });
    child.once('error', () => resolve(false));
    child.once('close', () => resolve(true));
    // Left before its end.
    child.stdin.on('error', () => {});
    child.stdin.end(text);
  }).finally(() => heard());
}
