import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../base/clock.ts';
import type { ChildExit } from '../../process/child.ts';
import { readLines } from '../../process/lines.ts';
import { startProcess } from '../../process/start-process.ts';
import { ABORT_GRACE_MS, type AgentSession, BackendFailure, type SessionOptions } from '../backend.ts';
import { expectedModes, HOOK_TIMEOUT_S, launchArguments, launchEnvironment } from './arguments.ts';
import { createChannel } from './channel.ts';
import { createConversation, INTERRUPT_MS } from './conversation.ts';
import { leftOut } from './left-out.ts';
import { loopbackSettings } from './loopback.ts';
import { type Json, parseMessage, text, userMessage } from './protocol.ts';
import { givenUp, startFailure, TRY_YOURSELF } from './start-failure.ts';
import { createMeter } from './usage.ts';

/** A Write of 5 MB is a line of 5.4 MB; parsed, a line takes up to four times its size. */
const MAX_LINE_BYTES = 32 * 1024 * 1024;
/** Of an idle program, after its input was closed: it needs 30 ms. */
const EXIT_MS = 1_000;
const IGNORED_LINES_LOGGED = 20;
/** Our hook before every call of a tool. */
const HOOKS = { PreToolUse: [{ hookCallbackIds: ['drover'], timeout: HOOK_TIMEOUT_S }] };

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
  const meter = createMeter(resume);
  const conversation = createConversation({
    options,
    meter,
    clock: deps.clock,
    backgroundWaitMs: deps.backgroundWaitMs,
    wire: {
      interrupt: () => void channel.request({ subtype: 'interrupt', cancel_queued: true }),
      kill: () => void child.stop(0),
    },
  });
  const channel = createChannel(send, conversation.gate, logger);
  let ignored = 0;
  let gone: ChildExit | null = null;

  function onLine(line: string): void {
    report.alive();
    const message = parseMessage(line);
    if (message !== null) {
      if (!channel.take(message)) conversation.take(message);
      return;
    }
    if (line.trim() === '') return;
    ignored += 1;
    if (ignored > IGNORED_LINES_LOGGED) return;
    logger.debug('A line that is no message was ignored.', { characters: line.length });
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
    return { words: conversation.end(gone) };
  }
  const ended = watchEnd();

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
      if (exit) throw startFailure(exit, conversation.isUnknown(exit));
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

  async function closedWithin(ms: number): Promise<void> {
    const waited = new AbortController();
    await Promise.race([child.closed, sleep(ms, null, { signal: waited.signal }).catch(() => {})]);
    waited.abort();
  }

  let closing: Promise<void> | null = null;
  function close(graceMs: number): Promise<void> {
    closing ??= (async () => {
      const started = performance.now();
      await conversation.interrupt(Math.min(graceMs, INTERRUPT_MS) / 2);
      child.stdin.end();
      if (conversation.quiet) await closedWithin(Math.min(graceMs, EXIT_MS));
      await child.stop(Math.max(0, graceMs - (performance.now() - started)));
      await ended;
    })();
    return closing;
  }

  return {
    ended,
    prompt: (prompt, images) => conversation.turn((uuid) => send(userMessage(uuid, prompt, images))),
    interrupt: () => conversation.interrupt(),
    async release(graceMs) {
      if (conversation.inTurn) throw new Error('A session is let go of between turns.');
      child.stdin.end();
      await closedWithin(graceMs);
      await close(0);
    },
    close,
  };
}
