import { userInfo } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ChosenProgram, describeUnusable, locateProgram } from './locate-program.ts';
import { type LoginEnvironment, loginEnvironment } from './login-shell.ts';
import { type AgentVariables, withoutOuterSession } from './outer-session.ts';

/** The first look is short, since somebody waits for it; later ones have time. Milliseconds. */
const FIRST_LOOK_MS = 5_000;
const LATER_LOOK_MS = 30_000;
/** Between looks in the background while there is no answer. */
const DELAYS_MS = [2_000, 15_000, 60_000, 5 * 60_000, 15 * 60_000, 60 * 60_000];
/** A look that is younger than this when a program is missing is as good as a new one. */
const FRESH_MS = 2_000;

export interface UserEnvironmentOptions {
  /** The host's own environment. */
  own: Readonly<Record<string, string | undefined>>;
  /** What the programs of agents are not to get by it. */
  agents: readonly AgentVariables[];
  /** The shell that a person chose; null for their own. Read before every use. */
  shell?(): ChosenProgram | null;
  /** Told in a sentence when the shell did not answer, each time for another reason. */
  warn(words: string): void;
  /** How long the looks and the waits between them are; for tests. */
  times?: Partial<{ firstLookMs: number; laterLookMs: number; delaysMs: readonly number[]; freshMs: number }>;
}

/**
 * The one environment that agents, git, set-up commands, checks and the doctor get: the login shell's. A shell that did
 * not answer once is asked again in the background, with growing delays and more patience, until it does.
 */
export interface UserEnvironment {
  /** The newest answer; while there is none, the host's own. Waits only for the first look. */
  (): Promise<Record<string, string>>;
  /** Asks again because a program is missing: what was installed meanwhile counts. True when the answer is another. */
  again(): Promise<boolean>;
  /** Why the newest answer is not that of the login shell; a sentence for a person, or null. */
  problem(): string | null;
  /** Whether the host's own environment is used although the login shell's is wanted. */
  isOwn(): boolean;
  /** Nothing is asked any more by itself. */
  close(): void;
}

export function createUserEnvironment(options: UserEnvironmentOptions): UserEnvironment {
  const { firstLookMs = FIRST_LOOK_MS, laterLookMs = LATER_LOOK_MS } = options.times ?? {};
  const { delaysMs = DELAYS_MS, freshMs = FRESH_MS } = options.times ?? {};
  const env = withoutOuterSession(options.own, options.agents);
  const closed = new AbortController();
  let known: LoginEnvironment | null = null;
  let askedShell: string | null = null;
  let freshUntil = Number.NEGATIVE_INFINITY;
  let looking: Promise<LoginEnvironment> | null = null;
  let retrying = false;

  const shellNow = () => JSON.stringify(options.shell?.() ?? null);

  async function ask(timeoutMs: number): Promise<LoginEnvironment> {
    const chosen = options.shell?.() ?? null;
    if (chosen === null) return loginEnvironment({ shell: ownShell(options.own), env, timeoutMs });
    const located = locateProgram('sh', env, { chosen });
    if (located === null) return { environment: { ...env }, isRead: false, problem: describeUnusable(chosen) };
    return loginEnvironment({ shell: located.program, before: located.before, env, timeoutMs });
  }

  function passedOn(found: LoginEnvironment): LoginEnvironment {
    const entries = Object.entries(found.environment);
    const kept = entries.filter(([name]) => !options.agents.some(({ never }) => never.has(name)));
    return { ...found, environment: Object.fromEntries(kept) };
  }

  async function lookNow(timeoutMs: number): Promise<LoginEnvironment> {
    const began = performance.now();
    const shell = shellNow();
    const found = passedOn(await ask(timeoutMs));
    if (found.problem !== null && found.problem !== known?.problem) options.warn(found.problem);
    // What the same shell has said before is better than nothing new.
    const keeps = !found.isRead && known?.isRead === true && askedShell === shell;
    known = keeps && known !== null ? { ...known, problem: found.problem } : found;
    askedShell = shell;
    const isPatient = found.problem === null || timeoutMs >= laterLookMs;
    freshUntil = isPatient ? (found.problem === null ? began : performance.now()) + freshMs : Number.NEGATIVE_INFINITY;
    if (!found.isRead && found.problem !== null) void retry();
    return known;
  }

  function look(timeoutMs: number): Promise<LoginEnvironment> {
    looking ??= lookNow(timeoutMs).finally(() => {
      looking = null;
    });
    return looking;
  }

  async function retry(): Promise<void> {
    if (retrying) return;
    retrying = true;
    for (let no = 0, last = known; last?.problem && !closed.signal.aborted; no += 1) {
      const delay = delaysMs[Math.min(no, delaysMs.length - 1)] ?? 0;
      await sleep(delay, null, { signal: closed.signal, ref: false }).catch(() => {});
      if (!closed.signal.aborted) last = await look(laterLookMs);
    }
    retrying = false;
  }

  async function get(): Promise<Record<string, string>> {
    if (known !== null && shellNow() === askedShell) return known.environment;
    return (await look(firstLookMs)).environment;
  }
  return Object.assign(get, {
    async again() {
      const before = known;
      if (looking) await looking;
      if (performance.now() > freshUntil) await look(laterLookMs);
      return known !== null && (before === null || !isSame(before.environment, known.environment));
    },
    problem: () => known?.problem ?? null,
    isOwn: () => known !== null && known.problem !== null && !known.isRead,
    close: () => closed.abort(),
  });
}

/** The login shell of the person. Services have no SHELL; the system knows it all the same. An account that nobody logs in with has none. */
export function ownShell(own: UserEnvironmentOptions['own']): string | null {
  if (own.SHELL) return own.SHELL;
  try {
    const { shell } = userInfo();
    return shell && !/\/(nologin|false)$/.test(shell) ? shell : null;
  } catch {
    return null;
  }
}

function isSame(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
