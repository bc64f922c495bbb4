import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Probe } from '../../../contract/agent/state.ts';
import { findProgram } from '../../process/find-program.ts';
import { runCommand } from '../../process/run-command.ts';
import { BackendFailure } from '../backend.ts';
import { isRecord } from './protocol.ts';

/**
 * The oldest version that passes the tests of this folder. 2.1.250 ends a turn before the agent was told of the end of
 * its background work, 2.1.200 does not report background work, 2.1.0 does not ask for permission.
 */
const MINIMUM_VERSION = '2.1.300';
const VERSION_MS = 4_000;
const INSTALL_HINT =
  'Install Claude Code (npm install --global @anthropic-ai/claude-code) and log in by running `claude`.';
const LOGIN_HINT = 'Run `claude` once in a terminal and log in, or set ANTHROPIC_API_KEY.';

type Environment = Readonly<Record<string, string>>;

/** What identifies a program file, so that its version is asked for only once. */
const versions = new Map<string, string>();

/**
 * Finds `claude` in the PATH of `env` and asks for its version (about 10 ms the first time).
 * Throws `BackendFailure`: missing, too-old, failed, aborted.
 */
export async function locateClaude(
  env: Environment,
  run: { signal?: AbortSignal; marker?: string } = {},
): Promise<{ program: string; version: string }> {
  const program = findProgram('claude', env.PATH);
  if (program === null) {
    throw new BackendFailure('missing', 'Claude Code was not found: there is no `claude` in the PATH.', INSTALL_HINT);
  }
  const file = statSync(program);
  const key = `${program} ${file.size} ${file.mtimeMs}`;
  const version = versions.get(key) ?? (await askVersion(program, env, run));
  versions.set(key, version);
  if (isOlder(version, MINIMUM_VERSION)) {
    throw new BackendFailure(
      'too-old',
      `Claude Code ${version} (${program}) is too old: Drover needs ${MINIMUM_VERSION} or later.`,
      'Run `claude update` in a terminal.',
    );
  }
  return { program, version };
}

async function askVersion(
  program: string,
  env: Environment,
  run: { signal?: AbortSignal; marker?: string },
): Promise<string> {
  const answer = await runCommand({
    argv: [program, '--version'],
    cwd: '/',
    env,
    timeoutMs: VERSION_MS,
    maxOutputBytes: 4096,
    ...run,
  });
  if (answer.aborted) throw new BackendFailure('aborted', 'Claude Code was ended while it was asked for its version.');
  const version = /\d+\.\d+\.\d+/.exec(answer.output)?.[0];
  if (answer.exitCode === 0 && version) return version;
  const why = answer.timedOut ? `did not answer within ${VERSION_MS / 1000} s` : 'did not tell its version';
  const end = answer.problem ?? answer.output.trim().slice(-300);
  throw new BackendFailure(
    'failed',
    `${program} ${why}${end === '' ? '.' : `: ${end}`}`,
    'Run `claude --version` in a terminal to see what is wrong.',
  );
}

export function isOlder(version: string, than: string): boolean {
  const a = version.split('.').map(Number);
  const b = than.split('.').map(Number);
  for (let i = 0; i < 3; i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** Looks for the program, its version and a login, and talks to nobody. Never rejects. */
export async function probeClaude(env: Environment): Promise<Probe> {
  try {
    const { program, version } = await locateClaude(env);
    const login = readLogin(env);
    const out = login === 'no';
    return {
      available: true,
      program,
      version,
      login,
      problem: out ? 'Claude Code is not logged in.' : null,
      hint: out ? LOGIN_HINT : null,
    };
  } catch (error) {
    if (!(error instanceof BackendFailure)) throw error;
    const program = findProgram('claude', env.PATH);
    return {
      available: false,
      program,
      version: program === null ? null : (/\d+\.\d+\.\d+/.exec(error.message)?.[0] ?? null),
      login: 'unknown',
      problem: error.message,
      hint: error.hint,
    };
  }
}

const ACCESS_VARIABLES = [
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_AUTH_TOKEN',
  'CLAUDE_CODE_OAUTH_TOKEN',
  'CLAUDE_CODE_USE_BEDROCK',
  'CLAUDE_CODE_USE_VERTEX',
  'CLAUDE_CODE_USE_FOUNDRY',
];

/** On macOS the login is in the keychain, which only the program itself may open without a question. */
export function readLogin(env: Environment, platform: NodeJS.Platform = process.platform): Probe['login'] {
  if (ACCESS_VARIABLES.some((name) => env[name])) return 'yes';
  const home = env.HOME ?? env.USERPROFILE ?? '/';
  const folder = env.CLAUDE_CONFIG_DIR ?? join(home, '.claude');
  if (isFile(join(folder, '.credentials.json'))) return 'yes';
  if (readKeys(join(folder, 'settings.json')).includes('apiKeyHelper')) return 'yes';
  if (readKeys(join(env.CLAUDE_CONFIG_DIR ?? home, '.claude.json')).includes('primaryApiKey')) return 'yes';
  return platform === 'darwin' ? 'unknown' : 'no';
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** The names in a JSON file; none when it cannot be read. */
function readKeys(path: string): string[] {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isRecord(value) ? Object.keys(value) : [];
  } catch {
    return [];
  }
}
