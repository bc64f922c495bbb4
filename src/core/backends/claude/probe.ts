import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Probe } from '../../../contract/agent/state.ts';
import {
  type ChosenProgram,
  describeUnusable,
  type LocatedProgram,
  locateProgram,
} from '../../process/locate-program.ts';
import { runCommand } from '../../process/run-command.ts';
import { findVersion, isOlder } from '../../process/version.ts';
import { BackendFailure } from '../backend.ts';
import { isRecord } from './protocol.ts';

/**
 * The oldest version that passes the tests of this folder. 2.1.250 ends a turn before the agent was told of the end of
 * its background work, 2.1.200 does not report background work, 2.1.0 does not ask for permission.
 */
const MINIMUM_VERSION = '2.1.300';
/** Nothing that `claude --version` prints otherwise, and nothing that wrappers say before it. */
const OWN_LINE = /^(\d+\.\d+\.\d+\S*) \(Claude Code\)$/;
/** A wrapper may have to start a version manager, or look for an update, first. */
const VERSION_MS = 20_000;
/** A wrapper stays the same file when what it starts is updated. */
const VERSION_GOOD_MS = 10 * 60_000;
const INSTALL = 'npm install --global @anthropic-ai/claude-code';
const UPDATE = 'claude update';
const LOG_IN = 'claude';
const INSTALL_HINT = `Install Claude Code (${INSTALL}) and log in by running \`claude\`, or say in the setting agent.claude.program where it is.`;
const LOGIN_HINT = 'Run `claude` once in a terminal and log in, or set ANTHROPIC_API_KEY.';
/** Where its installers put it; the older one makes no more than an alias for it. */
const PLACES = ['~/.local/bin/claude', '~/.claude/local/claude'];

type Environment = Readonly<Record<string, string>>;

export interface LocateOptions {
  /** What a person chose as the program. */
  chosen?: ChosenProgram | null;
  /** Milliseconds to answer with the version. */
  timeoutMs?: number;
  /** Of the run that is being opened. */
  signal?: AbortSignal;
  marker?: string;
}

export type Located = LocatedProgram & { version: string };

/** The versions of program files, so that each is asked for only once in a while. */
const versions = new Map<string, { version: string; until: number }>();

/**
 * Finds `claude` and asks for its version (about 10 ms the first time). Throws `BackendFailure`: missing, too-old,
 * failed, aborted.
 */
export async function locateClaude(env: Environment, options: LocateOptions = {}): Promise<Located> {
  const { chosen = null } = options;
  const located = locateProgram('claude', env, { chosen, places: PLACES });
  if (located === null) {
    if (chosen !== null) {
      throw new BackendFailure('missing', describeUnusable(chosen), 'Name another there, or none to look in the PATH.');
    }
    throw new BackendFailure('missing', 'Claude Code was not found: there is no `claude` in the PATH.', INSTALL_HINT);
  }
  const { program, before } = located;
  const file = statSync(program);
  const key = JSON.stringify([program, before, file.size, file.mtimeMs]);
  const known = versions.get(key);
  const now = performance.now();
  const isGood = known !== undefined && known.until > now && !isOlder(known.version, MINIMUM_VERSION);
  const version = isGood ? known.version : await askVersion(located, env, options);
  if (!isGood) versions.set(key, { version, until: now + VERSION_GOOD_MS });
  if (isOlder(version, MINIMUM_VERSION)) {
    throw new BackendFailure(
      'too-old',
      `Claude Code ${version} (${program}) is too old: Drover needs ${MINIMUM_VERSION} or later.`,
      `Run \`${UPDATE}\` in a terminal.`,
    );
  }
  return { ...located, version };
}

async function askVersion(
  { program, before }: LocatedProgram,
  env: Environment,
  options: LocateOptions,
): Promise<string> {
  const { timeoutMs = VERSION_MS, signal, marker } = options;
  const answer = await runCommand({
    argv: [program, ...before, '--version'],
    cwd: '/',
    env,
    timeoutMs,
    maxOutputBytes: 64 * 1024,
    stdoutOnly: true,
    signal,
    marker,
  });
  if (answer.aborted) throw new BackendFailure('aborted', 'Claude Code was ended while it was asked for its version.');
  const version = findVersion(answer.output, OWN_LINE);
  if (answer.exitCode === 0 && version !== null) return version;
  const command = [program, ...before, '--version'].join(' ');
  const why = answer.timedOut
    ? `did not answer within ${timeoutMs / 1000} s; it may be a wrapper that is slow to start`
    : answer.exitCode === 0
      ? 'did not say that it is Claude Code'
      : `failed (${answer.exitCode === null ? 'ended by a signal or not started' : `exit ${answer.exitCode}`})`;
  const end = answer.problem ?? `${answer.output}\n${answer.stderr}`.trim().slice(-300);
  throw new BackendFailure(
    'failed',
    `\`${command}\` ${why}${end === '' ? '.' : `: ${end}`}`,
    `Run \`${command}\` in a terminal to see what is wrong, or say in the setting agent.claude.program which program it is.`,
  );
}

/** Looks for the program, its version and a login, and talks to nobody. Never rejects. */
export async function probeClaude(env: Environment, options: LocateOptions = {}): Promise<Probe> {
  try {
    const { program, version, why } = await locateClaude(env, options);
    const login = readLogin(env);
    const out = login === 'no';
    return {
      available: true,
      program,
      why,
      version,
      login,
      problem: out ? 'Claude Code is not logged in.' : null,
      hint: out ? LOGIN_HINT : null,
      remedy: out ? LOG_IN : null,
    };
  } catch (error) {
    if (!(error instanceof BackendFailure)) throw error;
    const located = locateProgram('claude', env, { chosen: options.chosen ?? null, places: PLACES });
    return {
      available: false,
      program: located?.program ?? null,
      why: located?.why ?? null,
      version: error.code === 'too-old' ? (/\d+\.\d+\.\d+/.exec(error.message)?.[0] ?? null) : null,
      login: 'unknown',
      problem: error.message,
      hint: error.hint,
      remedy: remedyOf(error, options),
    };
  }
}

/** Only where `claude` is the program that is meant: a chosen one is put right in its own way. */
function remedyOf({ code }: BackendFailure, { chosen = null }: LocateOptions): string | null {
  if (chosen !== null) return null;
  if (code === 'missing') return INSTALL;
  return code === 'too-old' ? UPDATE : null;
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
