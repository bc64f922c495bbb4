import { randomUUID } from 'node:crypto';
import { lstat, realpath } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { createSlots } from '../base/slots.ts';
import { agentEnvironment } from '../process/environment.ts';
import { killMatching } from '../process/kill-tree.ts';
import { describeUnusable, locateProgram } from '../process/locate-program.ts';
import { StartFailure, spawnTree } from '../process/spawn-tree.ts';
import { createTail } from '../process/tail.ts';
import { type GitContext, gitContext } from './git-context.ts';
import { GitError } from './git-error.ts';
import { NotTheWorktree, proveWorktree } from './prove-worktree.ts';

const STDERR_KEPT = 64 * 1024;
const GRACE_MS = 2_000;
/** No git goes on for ever: one that hangs, as on a network drive, must not hold its project and the end of Drover. */
const READ_LIMIT_MS = 10 * 60_000;
const WRITE_LIMIT_MS = 30 * 60_000;
/** How long after the end of git what it has left may keep its output open. */
const LINGER_MS = 300;
/** More git processes at once gain nothing, and hundreds of them run into the limits of the system. */
const slots = createSlots(16);

export interface GitOptions {
  /** An existing folder: the top of a worktree, or a bare repository. */
  cwd: string;
  args: readonly string[];
  /** Whether the repository's own hooks and file monitor may run. Default false. */
  trusted?: boolean;
  /** For commands that change something: takes locks where it likes to. Default false. */
  writes?: boolean;
  /** `cwd` may also lie somewhere inside a repository. Default false: no folder above it is looked at. */
  discover?: boolean;
  /** Default: the environment of what surrounds the call (`withGit`), else that of this process. */
  env?: Readonly<Record<string, string | undefined>>;
  /** What git reads from its input; left out: nothing. */
  input?: string;
  /** The index to work with, instead of that of the worktree. */
  index?: string | undefined;
  /** What the log of a ref says before what is done (`GIT_REFLOG_ACTION`). */
  reflog?: string | undefined;
  signal?: AbortSignal;
  /** Milliseconds until git and everything it has started are ended. Default: ten minutes, half an hour when it writes. */
  timeoutMs?: number;
  /** Told the process group of git when it runs. Such a command may be long, and takes no slot from others. */
  started?(leader: number): void;
}

/** A git that ended with one of the exit codes that were expected of it. */
export interface GitAnswer {
  exitCode: number;
  /** What it printed. */
  text: string;
}

/** The only variables of git's own that are passed on: who commits, and where the user keeps the configuration. */
const PASSED = /^GIT_(AUTHOR|COMMITTER)_(NAME|EMAIL|DATE)$|^GIT_CONFIG_(GLOBAL|SYSTEM|NOSYSTEM)$/;
/** Ways to ask a person or to page, for which there is nobody here. */
const INTERACTIVE = new Set(['EDITOR', 'VISUAL', 'PAGER', 'SSH_ASKPASS', 'PREFIX']);

/**
 * Runs git and gives what it printed. Rejects with `GitError` whenever git ends with anything but 0, see `askGit`.
 */
export async function runGit(options: GitOptions): Promise<string> {
  return (await askGit({ ...options, expect: [0] })).text;
}

/**
 * Runs git where more than one exit code is an answer: `expect: [0, 1]` of a verb that ends with 1 to say no. Rejects with
 * `GitError`, in git's own words, whenever git ends with any other, and when `cwd` is not the worktree that `withGit`
 * says it is. Only codes that git documents for the question are expected: what git says to people differs between its
 * versions, and is shown, never understood (but see `REFUSALS` in git-error.ts). Arguments are passed as they are, so callers keep a person's text behind
 * `--` or inside a longer argument such as `refs/heads/<text>`.
 *
 * Git leads a process group of its own, so that a signal and a limit end its hooks, filters and fetches with it. What
 * it leaves running in that group is ended at once, or with the run whose marker it bears. No folder above `cwd` is
 * searched for a repository.
 *
 * The environment has no repository of an outer git command, asks nobody, and speaks English. In a repository that is
 * not trusted no hook runs (`core.hooksPath`), no file monitor is started (`core.fsmonitor`), and the verbs that show
 * differences pass `--no-ext-diff --no-textconv`. What git's configuration names as a filter (`filter.*.clean`, as Git
 * LFS does) still runs, since files would be wrong without it: it can be defined only in the user's own configuration
 * or in the `.git/config` of the clone, which cloning never brings along, not by files of the repository.
 */
export function askGit(options: GitOptions & { expect: readonly number[] }): Promise<GitAnswer> {
  const context = gitContext();
  const once = () => (options.started ? run(options, context) : slots.run(() => run(options, context)));
  return once().catch((error: unknown) => whenMissing(error, context, once));
}

/** A git that is not there may be in the PATH that the login shell sets now; else its silence is told as the cause. */
async function whenMissing<T>(error: unknown, { environment }: GitContext, once: () => Promise<T>): Promise<T> {
  const isMissing = error instanceof GitError && isProgramMissing(error.cause);
  if (!isMissing) throw error;
  if (await environment?.again?.()) return once();
  const problem = environment?.problem?.() ?? null;
  if (problem === null) throw error;
  throw new GitError(error.args, error.cwd, null, `${error.stderr} ${problem}`, error.cause);
}

function isProgramMissing(cause: unknown): boolean {
  return cause instanceof StartFailure && cause.code === 'program-missing';
}

async function run(options: Parameters<typeof askGit>[0], context: GitContext): Promise<GitAnswer> {
  const { cwd, args, expect, trusted = false, writes = false } = options;
  const ownLimitMs = options.timeoutMs ?? (writes ? WRITE_LIMIT_MS : READ_LIMIT_MS);
  const timeoutMs = Math.min(ownLimitMs, context.limitMs ?? ownLimitMs);
  const all = trusted ? [...args] : ['-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false', ...args];
  const fail = (words: string, cause?: unknown) => new GitError(args, cwd, null, words, cause);
  const signals = [options.signal, context.signal].filter((signal) => signal !== undefined);
  const stopped = () => signals.some((signal) => signal.aborted);
  if (stopped()) throw fail('Stopped before it began.');

  const base = options.env ?? (await context.environment?.()) ?? process.env;
  const mark = randomUUID();
  const env = {
    ...gitEnvironment(base, writes),
    ...(await placeOf(options, context)),
    ...(options.index === undefined ? {} : { GIT_INDEX_FILE: options.index }),
    ...(options.reflog === undefined ? {} : { GIT_REFLOG_ACTION: options.reflog }),
    ...marks(context, mark),
  };
  if (stopped()) throw fail('Stopped before it began.');

  let spawned: Awaited<ReturnType<typeof spawnTree>>;
  try {
    const chosen = context.program?.() ?? null;
    const located = chosen && locateProgram('git', env, { chosen });
    if (chosen && !located) throw new StartFailure('program-missing', describeUnusable(chosen));
    const { program, before } = located ?? { program: 'git', before: [] };
    spawned = await spawnTree({
      program,
      args: [...before, ...all],
      cwd,
      env,
      stdin: options.input === undefined ? 'ignore' : 'pipe',
    });
  } catch (error) {
    throw error instanceof StartFailure ? fail(error.message, error) : error;
  }
  const { child, identity } = spawned;
  const output: Buffer[] = [];
  const said = createTail(STDERR_KEPT);
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk)).on('error', () => {});
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk)).on('error', () => {});
  child.stdin?.on('error', () => {}).end(options.input);

  let killing: Promise<unknown> | null = null;
  let why: string | null = null;
  const end = (words: string | null) => {
    why ??= words;
    killing ??= killMatching({ leader: identity, entry: `DROVER_COMMAND=${mark}`, graceMs: GRACE_MS });
  };
  const stop = () => end('Stopped.');
  for (const signal of signals) signal.addEventListener('abort', stop, { once: true });
  if (stopped()) stop();
  const limit = setTimeout(() => end(`Git did not finish within ${minutes(timeoutMs)}, so it was ended.`), timeoutMs);
  options.started?.(identity.pid);

  const code = await new Promise<number | null>((resolve) => {
    let ended: number | null = null;
    let linger: NodeJS.Timeout | undefined;
    const enough = () => {
      // Somebody holds the output open: what was read is all that git itself has said.
      child.stdout?.destroy();
      child.stderr?.destroy();
      resolve(ended);
    };
    const wait = () => {
      clearTimeout(linger);
      linger = setTimeout(enough, LINGER_MS);
    };
    child.once('exit', (exit) => {
      ended = exit;
      clearTimeout(limit);
      wait();
      child.stdout?.on('data', wait);
      child.stderr?.on('data', wait);
    });
    child.once('close', (exit) => {
      clearTimeout(linger);
      resolve(exit);
    });
  });
  clearTimeout(limit);
  for (const signal of signals) signal.removeEventListener('abort', stop);
  if (context.marker === undefined && groupLives(identity.pid)) end(null);
  await killing;
  if (code !== null && expect.includes(code) && why === null) {
    return { exitCode: code, text: Buffer.concat(output).toString('utf8') };
  }
  const words = said.text().trim();
  throw why === null ? new GitError(args, cwd, code, words) : fail(words === '' ? why : `${words}\nfatal: ${why}`);
}

/** Variables that hold git to the repository that is meant. */
async function placeOf({ cwd, args, discover }: GitOptions, { place }: GitContext): Promise<Record<string, string>> {
  if (place && (place.at ?? place.path) === cwd) {
    try {
      const { gitDir, workTree } = await proveWorktree(place);
      return { GIT_DIR: gitDir, GIT_WORK_TREE: workTree };
    } catch (error) {
      if (error instanceof NotTheWorktree) throw new GitError(args, cwd, null, error.message, error);
      throw error;
    }
  }
  if (discover) return {};
  const real = await realpath(cwd).catch(() => cwd);
  const above = dirname(real);
  if (!above.includes(delimiter)) return { GIT_CEILING_DIRECTORIES: above };
  // A list of folders cannot name this one; said outright, git looks nowhere else either.
  const dotGit = join(real, '.git');
  const bare = (await lstat(dotGit).catch(() => null)) === null;
  return bare ? { GIT_DIR: real } : { GIT_DIR: dotGit, GIT_WORK_TREE: real };
}

function marks({ entry, marker }: GitContext, mark: string): Record<string, string> {
  const env: Record<string, string> = { DROVER_COMMAND: mark };
  if (marker !== undefined) env.DROVER_RUN = marker;
  const equals = entry?.indexOf('=') ?? -1;
  if (entry !== undefined && equals > 0) env[entry.slice(0, equals)] = entry.slice(equals + 1);
  return env;
}

function gitEnvironment(base: Readonly<Record<string, string | undefined>>, writes: boolean): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(agentEnvironment(base))) {
    if (name.startsWith('GIT_') ? PASSED.test(name) : !INTERACTIVE.has(name)) env[name] = value;
  }
  return {
    ...env,
    LC_ALL: 'C',
    LANGUAGE: '',
    GIT_TERMINAL_PROMPT: '0',
    ...(writes ? {} : { GIT_OPTIONAL_LOCKS: '0' }),
  };
}

function groupLives(pid: number): boolean {
  if (process.platform === 'win32') return false;
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}

function minutes(ms: number): string {
  return ms < 60_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} minutes`;
}
