import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import type { ChildExit } from '../../../process/child.ts';
import { runEntry } from '../../../process/kill-tree.ts';
import { createTail } from '../../../process/tail.ts';
import { startPty } from '../../../terminals/pty.ts';
import { ABORT_GRACE_MS, type AgentSession, BackendFailure, type SessionOptions } from '../../backend.ts';
import { launchEnvironment } from '../arguments.ts';
import { createConversation, INTERRUPT_MS } from '../conversation.ts';
import { leftOut } from '../left-out.ts';
import { loopbackSettings } from '../loopback.ts';
import { readUserFile } from '../own-settings.ts';
import { type Json, text } from '../protocol.ts';
import type { SessionDeps } from '../session.ts';
import { givenUp, startFailure } from '../start-failure.ts';
import { createMeter } from '../usage.ts';
import { promptCommand, terminalArguments, terminalEnvironment } from './arguments.ts';
import { startBridge } from './bridge.ts';
import { createDialogs } from './dialogs.ts';
import { createLiveText } from './live-text.ts';
import { readState } from './registry.ts';
import { createTranscript } from './transcript.ts';
import { createTurns } from './turns.ts';

/** Until somebody looks at it. */
const SIZE = { cols: 120, rows: 40 };
const LOOK_MS = 25;
const OUTPUT_BYTES = 8 * 1024;
const TAKEN_MS = 5_000;
const ATTEMPTS = 3;
/** Between what is set aside of a person's typing and our command. */
const STASH_MS = 250;
const EXIT_MS = 1_000;
const ESCAPE_MS = 2_000;

/**
 * Starts `claude` in a terminal and gives the session when it takes prompts; `signal` gives it up. Throws
 * `BackendFailure`; no process is left then.
 */
export async function startTerminalSession(
  deps: SessionDeps,
  options: SessionOptions,
  signal: AbortSignal,
): Promise<AgentSession> {
  const { report, resume, sessionId, trusted, env, logger } = options;
  await refuseFirstStart(env);
  const settingsEnv = await loopbackSettings(options);
  const live = createLiveText(report);
  const prompts = new Map<string, string>();
  let count = 0;
  let taken: (id: string) => void = () => {};
  let isListed = false;

  const bridge = await startBridge({
    hook,
    listed() {
      isListed = true;
    },
    promptText(id) {
      const prompt = prompts.get(id) ?? null;
      if (prompt === null) return null;
      // Once: a person can repeat the command, but not the prompt.
      prompts.delete(id);
      taken(id);
      if (turns.isKnown(id)) return prompt;
      conversation.giveUp(HOOKS_OFF);
      void end(0);
      return null;
    },
  });
  if (signal.aborted) {
    await bridge.close();
    throw givenUp();
  }
  const launch = { ...options, toolsUrl: options.tools.url, settingsEnv };
  const pty = await startOrClose();
  const tail = createTail(OUTPUT_BYTES);
  let isReady = false;
  /** Whether a person has typed something that they have not sent. */
  let isDrafting = false;
  pty.onData((bytes) => {
    if (!isReady) tail.push(Buffer.from(bytes));
    report.alive();
  });
  options.terminal?.({
    pid: pty.pid,
    size: SIZE,
    exited: pty.exited,
    onData: pty.onData,
    resize: pty.resize,
    write(data) {
      const typed = typeof data === 'string' ? data : Buffer.from(data).toString('latin1');
      // Answers of a terminal are sequences that begin with ESC.
      if (!typed.startsWith('\x1b') || typed.startsWith('\x1b[200~'))
        isDrafting = !typed.endsWith('\r') && !typed.endsWith('\x03');
      pty.write(data);
    },
  });
  report.started(pty.identity, deps.program, deps.version);

  const conversation = createConversation({
    options: { ...options, report: live.report },
    meter: createMeter(false),
    clock: deps.clock,
    backgroundWaitMs: deps.backgroundWaitMs,
    dialogs: true,
    wire: { interrupt: () => void pressEscape(), kill: () => void end(0) },
  });
  const dialogs = createDialogs(conversation.gate);
  const state = () => readState(env, pty.pid);
  const turns = createTurns({
    sessionId,
    transcript: createTranscript(env, sessionId, resume),
    state,
    take: conversation.take,
    looked: dialogs.looked,
    typed: (words) => report.entry({ type: 'typed', entryId: `typed-${randomUUID()}`, text: words }),
  });

  async function startOrClose() {
    try {
      const given = terminalEnvironment(launchEnvironment(env, options.tools.token), bridge);
      return startPty({
        program: deps.program,
        args: [...deps.before, ...terminalArguments(launch, bridge, Boolean(env.ANTHROPIC_API_KEY))],
        cwd: options.cwd,
        env: given,
        entry: runEntry(options.marker),
        ...SIZE,
      });
    } catch (error) {
      await bridge.close();
      throw error;
    }
  }

  async function hook(input: Json, gone: AbortSignal): Promise<Json> {
    report.alive();
    const name = text(input.hook_event_name) ?? '';
    const callId = text(input.tool_use_id);
    if (name === 'PreToolUse') {
      const id = `hook-${++count}`;
      gone.addEventListener('abort', () => conversation.gate.cancel(id), { once: true });
      return conversation.gate.before(id, input);
    }
    if (name === 'PermissionRequest') return dialogs.request(input, gone);
    if (name === 'MessageDisplay') live.shown(input);
    if (name.startsWith('PostToolUse') && callId !== null) dialogs.done(callId);
    turns.hook(name, input);
    return {};
  }

  let exit: ChildExit | null = null;
  async function watchEnd(): Promise<{ words: string }> {
    const { code, signal: by } = await pty.exited;
    exit = { code, signal: by, stderr: isReady ? '' : stripVTControlCharacters(tail.text()).trim() };
    turns.end();
    const words = conversation.end(exit);
    await bridge.close();
    return { words };
  }
  const ended = watchEnd();

  async function end(graceMs: number): Promise<void> {
    await pty.end(graceMs);
    await ended;
  }

  /** Until the turn is over: a program that draws may miss a key. Idle, it would open a menu. */
  async function pressEscape(): Promise<void> {
    const until = performance.now() + ESCAPE_MS;
    dialogs.interrupting(true);
    while (exit === null && performance.now() < until && state()?.status !== 'idle') {
      pty.write('\x1b');
      await sleep(ESCAPE_MS / 4);
    }
    dialogs.interrupting(false);
  }

  async function ready(): Promise<void> {
    while (exit === null && !signal.aborted && !(isListed && state()?.status === 'idle')) await sleep(LOOK_MS);
    if (exit !== null) {
      await end(0);
      throw signal.aborted ? givenUp() : startFailure(exit, conversation.isUnknown(exit));
    }
    if (signal.aborted) {
      await end(options.abortGraceMs ?? ABORT_GRACE_MS);
      throw givenUp();
    }
    isReady = true;
  }

  async function type(id: string): Promise<void> {
    let isTaken = false;
    taken = (one) => {
      isTaken ||= one === id;
    };
    for (let attempt = 0; attempt < ATTEMPTS && exit === null; attempt += 1) {
      if (isDrafting || attempt > 0) {
        // Comes back by itself after the turn, and is in the way again.
        pty.write('\x13');
        await sleep(STASH_MS);
      }
      pty.write(`\x1b[200~${promptCommand(id)}\x1b[201~\r`);
      const until = performance.now() + TAKEN_MS;
      while (!isTaken && exit === null && (performance.now() < until || state()?.status !== 'idle'))
        await sleep(LOOK_MS);
      if (isTaken || !conversation.inTurn) return;
    }
    if (exit !== null) return;
    logger.warn('Claude Code does not take a prompt in its terminal and is ended.', {});
    await end(0);
  }

  await ready();
  const without = trusted || resume ? null : await leftOut(env, options.cwd);
  if (without !== null) report.entry({ type: 'notice', level: 'info', code: 'not-trusted', words: without });

  let closing: Promise<void> | null = null;
  function close(graceMs: number): Promise<void> {
    closing ??= (async () => {
      const started = performance.now();
      await conversation.interrupt(Math.min(graceMs, INTERRUPT_MS) / 2);
      await end(Math.max(0, graceMs - (performance.now() - started)));
    })();
    return closing;
  }

  return {
    ended,
    prompt: (prompt) =>
      conversation.turn((uuid) => {
        const id = String(++count);
        prompts.set(id, prompt);
        turns.begin(uuid, id);
        void type(id);
      }),
    interrupt: () => conversation.interrupt(),
    async release(graceMs) {
      if (conversation.inTurn) throw new Error('A session is let go of between turns.');
      // Of the person, who has had it until now.
      if (!conversation.quiet) await pressEscape();
      // In good order it writes down what the session has cost.
      if (exit === null) pty.write('\x03');
      await sleep(60);
      if (exit === null) pty.write('\x03');
      const waited = new AbortController();
      await Promise.race([pty.exited, sleep(Math.min(graceMs, EXIT_MS), null, waited).catch(() => {})]);
      waited.abort();
      await close(graceMs);
    },
    close,
  };
}

const HOOKS_OFF = {
  class: 'permanent',
  code: 'hooks-off',
  words: 'The settings of Claude Code keep its hooks from Drover, so nobody would be asked before it acts.',
  hint: 'Look for `allowedHttpHookUrls` or `allowManagedHooksOnly` in the settings of Claude Code, or let the task run without a terminal.',
} as const;

/** At its very first start the program asks about its look and the login, and ends when nobody answers. */
async function refuseFirstStart(env: Readonly<Record<string, string>>): Promise<void> {
  if ((await readUserFile(env)).hasCompletedOnboarding === true) return;
  throw new BackendFailure(
    'failed',
    'Claude Code has never been used in a terminal here, so it would ask how it should look before it starts.',
    'Run `claude` once in a terminal, or let the task run without one.',
  );
}
