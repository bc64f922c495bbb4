import { randomUUID } from 'node:crypto';
import { basename, isAbsolute } from 'node:path';
import { runCommand } from './run-command.ts';

type Environment = Record<string, string>;

/** Constant texts: what varies (the mark) comes by the environment. `env -0` is in coreutils, BSD and macOS 13. */
const PRINT_ENVIRONMENT = 'printf %s "$DROVER_MARK"; command env -0; printf %s "$DROVER_MARK"';
/** For shells with a language of their own: one program with two arguments is the same in all of them. */
const PRINT_BY_SH = `/bin/sh -c 'printf %s "$DROVER_MARK"; env -0; printf %s "$DROVER_MARK"'`;
const KNOWN = /^(ba|z|da|a|k|mk|pdk|fi)?sh(\d.*)?$|^busybox$/;
/** Take no `-l` beside a command; what a person sets is in the file they read anyway. */
const LIKE_CSH = /^t?csh$/;
/** Belong to the shell that printed them, not to the user. */
const OF_THE_SHELL = new Set(['DROVER_MARK', 'DROVER_COMMAND', 'DROVER_RUN', 'SHLVL', '_', 'PWD', 'OLDPWD']);

export interface LoginEnvironmentOptions {
  /** Absolute path; default `env.SHELL`. */
  shell?: string | null;
  /** Arguments of the shell before ours. */
  before?: readonly string[];
  env: Readonly<Environment>;
  timeoutMs?: number;
}

export interface LoginEnvironment {
  environment: Environment;
  /** Whether the shell has answered; else it is `env`. */
  isRead: boolean;
  /** Why the environment is not, or not wholly, that of the login shell; a sentence for a person, or null. */
  problem: string | null;
}

/**
 * The environment of the user's login shell: programs started from a desktop have not read the shell's start-up files,
 * so their PATH lacks what the user installed. Runs the shell as an interactive login shell with a constant command and
 * reads what it prints between two random marks, whatever else the start-up files print. A shell that ends without an
 * answer (its files start another program in its place) is asked once more as one that is not interactive. Gives `env`
 * itself when there is no shell, when DROVER_LOGIN_ENV is 0, on Windows, and, with a problem, when the shell fails or
 * takes too long. Never rejects.
 */
export async function loginEnvironment(options: LoginEnvironmentOptions): Promise<LoginEnvironment> {
  const { env, before = [], timeoutMs = 5_000 } = options;
  const shell = options.shell ?? env.SHELL;
  const unread = (problem: string | null) => ({ environment: { ...env }, isRead: false, problem });
  if (!shell || env.DROVER_LOGIN_ENV === '0' || process.platform === 'win32') return unread(null);
  const unknown = (what: string) =>
    unread(`Your login shell ${what} (${shell}), so what it sets, such as PATH, is not known.`);
  if (!isAbsolute(shell)) return unknown('is not named by its whole path');

  const name = basename(shell);
  const [first, second] = LIKE_CSH.test(name) ? ['-ic', '-c'] : ['-ilc', '-lc'];
  const command = KNOWN.test(name) ? PRINT_ENVIRONMENT : PRINT_BY_SH;
  const asked = await ask([shell, ...before, first, command], env, timeoutMs);
  if (asked.found !== null) return { environment: asked.found, isRead: true, problem: null };
  if (asked.why === 'slow') return unknown(`took longer than ${inSeconds(timeoutMs)} to start`);
  if (asked.why === 'not-started') return unknown('cannot be started');

  const again = await ask([shell, ...before, second, command], env, timeoutMs);
  if (again.found === null) {
    return unknown(
      `ended without an answer, ${asked.words}: its start-up files end it or start something in its place`,
    );
  }
  const problem = `Your login shell ended without an answer, ${asked.words} (${shell}): its start-up files end it or start something in its place. What it sets without a terminal is used.`;
  return { environment: again.found, isRead: true, problem };
}

function inSeconds(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${Math.round(ms / 1000)} s`;
}

async function ask(
  argv: [string, ...string[]],
  env: Readonly<Environment>,
  timeoutMs: number,
): Promise<{ found: Environment } | { found: null; why: 'slow' | 'ended' | 'not-started'; words: string }> {
  const mark = `drover-${randomUUID()}`;
  const result = await runCommand({
    argv,
    cwd: '/',
    env: { ...env, DROVER_MARK: mark },
    timeoutMs,
    maxOutputBytes: 4 * 1024 * 1024,
    stdoutOnly: true,
  });
  const environment = readEnvironment(between(result.output, mark), env);
  if (environment !== null) return { found: environment };
  const words = result.signal === null ? `exit ${result.exitCode}` : `ended by ${result.signal}`;
  const why = result.timedOut ? 'slow' : result.problem === null ? 'ended' : 'not-started';
  return { found: null, why, words };
}

/** Null when it is no environment: nothing was printed, or one without a PATH. */
function readEnvironment(text: string | null, env: Readonly<Environment>): Environment | null {
  if (text === null) return null;
  const environment: Environment = {};
  for (const entry of text.split('\0')) {
    const equals = entry.indexOf('=');
    if (equals <= 0) continue;
    const name = entry.slice(0, equals);
    if (!OF_THE_SHELL.has(name)) environment[name] = entry.slice(equals + 1);
  }
  if (!environment.PATH) return null;
  for (const name of OF_THE_SHELL) if (env[name] !== undefined) environment[name] = env[name];
  return environment;
}

/** What was printed between the two marks. The variable that carries the mark is printed too, and is not one of them. */
function between(output: string, mark: string): string | null {
  const end = output.lastIndexOf(mark);
  let start = end;
  do start = start > 0 ? output.lastIndexOf(mark, start - 1) : -1;
  while (start > 0 && output.startsWith('DROVER_MARK=', start - 'DROVER_MARK='.length));
  return start === -1 ? null : output.slice(start + mark.length, end);
}
