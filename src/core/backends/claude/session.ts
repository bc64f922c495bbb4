import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TurnError } from '../../../contract/run/events.ts';
import type { Clock } from '../../base/clock.ts';
import type { ChildExit } from '../../process/child.ts';
import { readLines } from '../../process/lines.ts';
import { withoutProxyForLoopback } from '../../process/no-proxy.ts';
import { startProcess } from '../../process/start-process.ts';
import { ABORT_GRACE_MS, type AgentSession, BackendFailure, type SessionOptions, type TurnResult } from '../backend.ts';
import { expectedModes, launchArguments, launchEnvironment } from './arguments.ts';
import { blockedPrompt, hookStopped, missingTools, promptBlocked, untrustedServers } from './causes.ts';
import { createChannel } from './channel.ts';
import { createCommandOutput, outputFolder } from './command-output.ts';
import { crashError, describeExit, readRetryAfter, resultError, sessionUnknown } from './errors.ts';
import { createGate } from './gate.ts';
import { leftOut } from './left-out.ts';
import { ownFiles } from './own-files.ts';
import { proxySettings } from './own-settings.ts';
import { type Json, parseMessage, readResult, text, userMessage } from './protocol.ts';
import { createTranslator } from './translate.ts';
import { createActivity, createTurn, type Turn, type TurnEnd } from './turn.ts';
import { createMeter, NOTHING_USED, plus } from './usage.ts';

/** A Write of 5 MB is a line of 5.4 MB; parsed, a line takes up to four times its size. */
const MAX_LINE_BYTES = 32 * 1024 * 1024;
const INTERRUPT_MS = 4_000;
/** Of an idle program, after its input was closed: it needs 30 ms. */
const EXIT_MS = 1_000;
const ANNOUNCED_MS = 3_000;
const IGNORED_LINES_LOGGED = 20;
/**
 * Our hook before every call of a tool. Hooks are all heard and a no beats every yes, so that nobody can answer in our
 * place. A person may take days; when the time is over, in seconds, the program does not make the call.
 */
const HOOKS = { PreToolUse: [{ hookCallbackIds: ['drover'], timeout: 2_000_000 }] };

export interface SessionDeps {
  program: string;
  /** Arguments that come before all others. */
  before: readonly string[];
  version: string;
  clock: Clock;
  backgroundWaitMs: number;
}

/**
 * Starts `claude` and gives the session when it answers; `signal` gives it up. Throws `BackendFailure`; no process is
 * left then.
 */
export async function startSession(
  deps: SessionDeps,
  options: SessionOptions,
  signal: AbortSignal,
): Promise<AgentSession> {
  const { report, resume, autonomy, trusted, logger } = options;
  const settingsEnv = await loopbackSettings(options);
  if (signal.aborted) throw givenUp();
  const child = await startProcess({
    program: deps.program,
    args: [...deps.before, ...launchArguments({ ...options, toolsUrl: options.tools.url, settingsEnv })],
    cwd: options.cwd,
    env: launchEnvironment(options.env, options.tools.token),
    marker: options.marker,
  });
  report.started(child.identity, deps.program, deps.version);

  const send = (message: Json) => {
    if (child.stdin.writable) child.stdin.write(`${JSON.stringify(message)}\n`);
  };
  const output = createCommandOutput({
    folder: outputFolder(options.env, options.cwd, options.sessionId),
    clock: deps.clock,
    onOutput: (callId, text) => report.delta({ entryId: callId, kind: 'tool-output', text }),
  });
  const gate = createGate({
    ask: output.following(options.ask),
    unasked: options.unasked,
    breached(words, hint) {
      giveUp({ class: 'permanent', code: 'unasked', words, hint });
      // Not in good order: what it does next, nobody would be asked about either.
      void child.stop(0);
    },
    isOwnFile: ownFiles(options),
    interrupt: () => void channel.request({ subtype: 'interrupt', cancel_queued: true }),
    clock: deps.clock,
    logger,
  });
  const channel = createChannel(send, gate, logger);
  const translator = createTranslator(output.ending(report));
  const activity = createActivity();
  const meter = createMeter(resume);
  let used = NOTHING_USED;
  let turn: Turn | null = null;
  let retryAfterMs: number | null = null;
  let lastWords = '';
  let ignored = 0;
  let gone: ChildExit | null = null;
  /** Why a hook kept the prompt of this turn from the model. */
  let blocked: string | null = null;
  /** Why this session can do nothing more, whatever the program says. */
  let given: TurnError | null = null;

  const ignore = (what: string, fields: Json) => {
    ignored += 1;
    if (ignored <= IGNORED_LINES_LOGGED) logger.debug(what, fields);
  };

  function onLine(line: string): void {
    report.alive();
    const message = parseMessage(line);
    if (message === null) {
      if (line.trim() !== '') ignore('A line that is no message was ignored.', { characters: line.length });
      return;
    }
    if (channel.take(message)) return;
    blocked = blockedPrompt(message) ?? blocked;
    const untrusted = trusted ? null : untrustedServers(message);
    const cause = untrusted ?? missingTools(message);
    if (cause !== null && !given) {
      report.entry({ type: 'notice', level: 'error', code: cause.code, words: cause.words });
      giveUp(cause);
      if (untrusted) void child.stop(0);
    }
    if (message.type === 'rate_limit_event') retryAfterMs = readRetryAfter(message, deps.clock.now());
    if (message.type === 'result') {
      used = plus(used, meter.count(message));
      lastWords = readResult(message).words;
    }
    activity.take(message);
    gate.take(message);
    translator.take(message);
    turn?.take(message);
  }

  const reading = readLines(child.stdout, {
    maxLineBytes: MAX_LINE_BYTES,
    onLine,
    onLongLine(bytes) {
      report.alive();
      const words = `Claude Code wrote a line of ${bytes} bytes, which is too long to be read.`;
      report.entry({ type: 'notice', level: 'warning', code: 'line-too-long', words });
    },
  });
  async function watchEnd(): Promise<{ words: string }> {
    await reading.catch(async (error: unknown) => {
      // Nobody would hear the program any more.
      logger.error('Reading from Claude Code failed; it is ended.', { error: String(error) });
      await child.stop(0);
    });
    gone = await child.closed;
    channel.end();
    gate.end();
    output.close();
    translator.end('The agent ended before the call was over.');
    turn?.end();
    return { words: describeExit(gone) };
  }
  const ended = watchEnd();

  /** Ends the running turn; after `ms` without an end it counts as over. */
  async function interruptTurn(ms: number): Promise<void> {
    const running = turn;
    if (!running) return;
    running.interrupt();
    gate.interrupted();
    void channel.request({ subtype: 'interrupt', cancel_queued: true });
    const waited = new AbortController();
    await Promise.race([running.over, sleep(ms, null, { signal: waited.signal }).catch(() => {})]);
    waited.abort();
    running.end();
  }

  /** Ends the turn, and every later one, with an error that the program does not see as one. */
  function giveUp(error: TurnError): void {
    if (given) return;
    given = error;
    void interruptTurn(INTERRUPT_MS);
  }

  function settle(end: TurnEnd): TurnResult {
    const base = { ...used, retryAfterMs: null };
    used = NOTHING_USED;
    if (given) return { ...base, result: 'error', error: given };
    if (end.interrupted) return { ...base, result: 'interrupted', error: null };
    if (end.result === null) {
      if (gone) return { ...base, result: 'error', error: isUnknown(gone) ? sessionUnknown() : crashError(gone) };
      const words = 'The end of the turn could not be read; the turn counts as ended well.';
      report.entry({ type: 'notice', level: 'warning', code: 'result-unreadable', words });
      return { ...base, result: 'ok', error: null };
    }
    if (end.result.terminalReason?.startsWith('aborted_')) return { ...base, result: 'interrupted', error: null };
    if (!end.result.isError) {
      if (blocked !== null) return { ...base, result: 'error', error: promptBlocked(blocked) };
      if (end.result.terminalReason !== 'hook_stopped') return { ...base, result: 'ok', error: null };
      const cause = hookStopped();
      report.entry({ type: 'notice', level: 'warning', code: cause.code, words: cause.words });
      return { ...base, result: 'ok', error: null, cause };
    }
    const error = resultError(end.result, end.errorName);
    return { ...base, result: 'error', error, retryAfterMs: error.code === 'rate-limited' ? retryAfterMs : null };
  }

  const isUnknown = (exit: ChildExit) => /no conversation found with session id/i.test(`${lastWords}\n${exit.stderr}`);

  async function confirm(): Promise<void> {
    const abort = () => void child.stop(options.abortGraceMs ?? ABORT_GRACE_MS);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    const answer = await channel.request({ subtype: 'initialize', hooks: HOOKS });
    signal.removeEventListener('abort', abort);
    if (signal.aborted) {
      await child.stop(options.abortGraceMs ?? ABORT_GRACE_MS);
      await ended;
      throw givenUp();
    }
    if (answer === null) {
      const exit = gone;
      await child.stop(0);
      if (exit) throw startFailure(exit, isUnknown(exit));
      throw new BackendFailure('failed', 'Claude Code refused to begin.', TRY_YOURSELF);
    }
    // An organisation's settings can override the mode; in another one tools would run unasked.
    const mode = text(answer.current_permission_mode);
    if (mode !== null && !expectedModes(autonomy).includes(mode)) {
      await child.stop(0);
      throw new BackendFailure(
        'failed',
        `Claude Code runs in permission mode ${mode} although it was started in another, so Drover would not be asked.`,
        'Look for a permission mode in the managed settings of Claude Code.',
      );
    }
    if (resume) void channel.request({ subtype: 'get_usage' }).then((usage) => usage && meter.begin(usage));
  }

  await confirm();
  // A session that continues has been told so.
  const without = trusted || resume ? null : await leftOut(options.env, options.cwd);
  if (without !== null) report.entry({ type: 'notice', level: 'info', code: 'not-trusted', words: without });

  let closing: Promise<void> | null = null;
  return {
    ended,
    async prompt(prompt) {
      if (turn) throw new Error('One prompt at a time.');
      const uuid = randomUUID();
      const { clock, backgroundWaitMs } = deps;
      const { settled } = options;
      const current = createTurn({ uuid, activity, clock, backgroundWaitMs, announcedWaitMs: ANNOUNCED_MS, settled });
      turn = current;
      blocked = null;
      if (gone) current.end();
      else send(userMessage(uuid, prompt));
      const end = await current.over;
      turn = null;
      return settle(end);
    },
    interrupt: () => interruptTurn(INTERRUPT_MS),
    close(graceMs) {
      closing ??= (async () => {
        const started = performance.now();
        await interruptTurn(Math.min(graceMs, INTERRUPT_MS) / 2);
        child.stdin.end();
        if (activity.quiet) {
          const waited = new AbortController();
          const ms = Math.min(graceMs, EXIT_MS);
          await Promise.race([child.closed, sleep(ms, null, { signal: waited.signal }).catch(() => {})]);
          waited.abort();
        }
        await child.stop(Math.max(0, graceMs - (performance.now() - started)));
        await ended;
      })();
      return closing;
    },
  };
}

/**
 * What keeps loopback off a proxy where the program's settings would have it go there: they go over the environment that
 * it is started with.
 */
async function loopbackSettings({ env, cwd, trusted }: SessionOptions): Promise<Record<string, string>> {
  const set = await proxySettings({ env, cwd, trusted });
  if (Object.keys(set).length === 0) return {};
  const { NO_PROXY = '', no_proxy = '' } = withoutProxyForLoopback({ ...env, ...set });
  return { NO_PROXY, no_proxy };
}

const TRY_YOURSELF = 'Run `claude` in a terminal to see whether it works there.';

function givenUp(): BackendFailure {
  return new BackendFailure('aborted', 'Claude Code was ended while it started.', TRY_YOURSELF);
}

function startFailure(exit: ChildExit, unknownSession: boolean): BackendFailure {
  if (unknownSession) {
    const { words, hint } = sessionUnknown();
    return new BackendFailure('session-unknown', words, hint);
  }
  if (/unknown option|option .* is invalid|invalid argument/i.test(exit.stderr)) {
    return new BackendFailure('failed', describeExit(exit), 'Update Claude Code: run `claude update` in a terminal.');
  }
  if (/already in use/i.test(exit.stderr)) {
    return new BackendFailure(
      'failed',
      describeExit(exit),
      'The session exists already; resume it or take another id.',
    );
  }
  return new BackendFailure('failed', describeExit(exit), TRY_YOURSELF);
}
