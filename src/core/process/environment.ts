import { randomUUID } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { withoutProxyForLoopback } from './no-proxy.ts';
import { runCommand } from './run-command.ts';

type Environment = Record<string, string>;

/** A constant text: what varies (the mark) comes by the environment. `env -0` is in coreutils, BSD and macOS 13. */
const PRINT_ENVIRONMENT = 'printf %s "$DROVER_MARK"; command env -0; printf %s "$DROVER_MARK"';
/** Belong to the shell that printed them, not to the user. */
const OF_THE_SHELL = new Set(['DROVER_MARK', 'DROVER_COMMAND', 'DROVER_RUN', 'SHLVL', '_', 'PWD', 'OLDPWD']);

export interface LoginEnvironmentOptions {
  /** Absolute path; default `env.SHELL`. */
  shell?: string;
  env: Readonly<Environment>;
  timeoutMs?: number;
  /** Told, in a sentence, when the shell did not answer and `env` is taken instead. */
  warn?(words: string): void;
}

/**
 * The environment of the user's login shell: programs started from a desktop have not read the shell's start-up files,
 * so their PATH lacks what the user installed. Runs `$SHELL -ilc <constant>` (bash, zsh, fish, dash) and reads what it
 * prints between two random marks, whatever else the start-up files print. Gives `env` itself when there is no SHELL,
 * when DROVER_LOGIN_ENV is 0, on Windows, and, with `warn`, when the shell fails or takes too long. Never rejects.
 */
export async function loginEnvironment(options: LoginEnvironmentOptions): Promise<Environment> {
  const { env, shell = env.SHELL, timeoutMs = 5_000, warn } = options;
  const fallback = { ...env };
  if (!shell || !isAbsolute(shell) || env.DROVER_LOGIN_ENV === '0' || process.platform === 'win32') return fallback;
  const mark = `drover-${randomUUID()}`;
  const result = await runCommand({
    argv: [shell, '-ilc', PRINT_ENVIRONMENT],
    cwd: '/',
    env: { ...env, DROVER_MARK: mark },
    timeoutMs,
    maxOutputBytes: 4 * 1024 * 1024,
    stdoutOnly: true,
  });
  const found = between(result.output, mark);
  if (found === null) {
    const why = result.problem ?? (result.timedOut ? `no answer within ${timeoutMs} ms` : `exit ${result.exitCode}`);
    warn?.(`The environment of the login shell ${shell} could not be read (${why}); the one Drover has is used.`);
    return fallback;
  }
  const environment: Environment = {};
  for (const entry of found.split('\0')) {
    const equals = entry.indexOf('=');
    if (equals <= 0) continue;
    const name = entry.slice(0, equals);
    if (!OF_THE_SHELL.has(name)) environment[name] = entry.slice(equals + 1);
  }
  if (!environment.PATH) {
    warn?.(`The login shell ${shell} has no PATH; the environment Drover has is used.`);
    return fallback;
  }
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

/** Of the program that was started, not of those below it; and what would have Claude Code act without being asked. */
const NEVER_PASSED = new Set([
  'CLAUDECODE',
  'ELECTRON_RUN_AS_NODE',
  'NODE_CHANNEL_FD',
  'NODE_CHANNEL_SERIALIZATION_MODE',
  'CLAUDE_CODE_EVEN_MORE_DANGEROUSLY_SKIP_PERMISSIONS',
  'CLAUDE_CODE_ENABLE_AUTO_MODE',
  'CLAUDE_CODE_RESUME_INTERRUPTED_TURN',
]);

/** Git's own way of telling an inner git which repository it works in; set inside hooks and `git rebase --exec`. */
export const GIT_PLACE_VARIABLES: ReadonlySet<string> = new Set([
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
]);

/**
 * The environment for everything Drover starts: a copy of `base`, the user's, without what belongs to Drover, to
 * Electron or to an outer git command, and in which nothing asks a proxy for this machine; then `extra`, as it is.
 */
export function agentEnvironment(
  base: Readonly<Record<string, string | undefined>>,
  extra: Readonly<Environment> = {},
): Environment {
  const environment: Environment = {};
  for (const [name, value] of Object.entries(base)) {
    if (value === undefined || NEVER_PASSED.has(name) || GIT_PLACE_VARIABLES.has(name)) continue;
    if (name.startsWith('DROVER_')) continue;
    environment[name] = value;
  }
  return { ...withoutProxyForLoopback(environment), ...extra };
}
