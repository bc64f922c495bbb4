import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TurnError } from '../../../contract/run/events.ts';
import type { Clock } from '../../base/clock.ts';
import type { ChildExit } from '../../process/child.ts';
import { RATE_LIMITED, type SessionOptions, type TurnResult } from '../backend.ts';
import { blockedPrompt, hookStopped, missingTools, promptBlocked, untrustedServers } from './causes.ts';
import { createCommandOutput, outputFolder } from './command-output.ts';
import { crashError, describeExit, readRetryAfter, resultError, sessionUnknown } from './errors.ts';
import { createGate, type Gate } from './gate.ts';
import { ownFiles } from './own-files.ts';
import { type Message, readResult } from './protocol.ts';
import { createTranslator } from './translate.ts';
import { createActivity, createTurnClock, type TurnClock, type TurnEnd } from './turn-clock.ts';
import { type Meter, NOTHING_USED, plus } from './usage.ts';

/** How long an interrupt may take. */
export const INTERRUPT_MS = 4_000;
const ANNOUNCED_MS = 3_000;

/** How a conversation reaches its program. */
export interface Wire {
  /** Asks it to end its turn. */
  interrupt(): void;
  /** Ends it at once, with everything that it has started. */
  kill(): void;
}

export interface ConversationDeps {
  options: SessionOptions;
  wire: Wire;
  meter: Meter;
  clock: Clock;
  /** How long a turn waits for background shells after the agent's answer, in milliseconds. */
  backgroundWaitMs: number;
  /** The program shows its questions in its terminal as well: see `GateDeps.dialogs`. */
  dialogs?: boolean;
}

/**
 * A session with the program, whichever way it is driven: turns its messages into what the port promises. Who drives it
 * brings the messages and carries prompts and interrupts.
 */
export interface Conversation {
  readonly gate: Gate;
  /** One message of the program. */
  take(message: Message): void;
  /** One turn: `send` gives the prompt to the program, under this id. Never rejects. */
  turn(send: (uuid: string) => void): Promise<TurnResult>;
  /** Ends the running turn; after `ms`, or what an interrupt may take, it counts as over. */
  interrupt(ms?: number): Promise<void>;
  /** Ends the turn, and every later one, with an error that the program does not see as one. */
  giveUp(error: TurnError): void;
  /** The program is gone: how, in a sentence. */
  end(exit: ChildExit): string;
  /** Whether the program has ended because it does not know the session. */
  isUnknown(exit: ChildExit): boolean;
  readonly inTurn: boolean;
  /** Whether nothing goes on and nothing is about to. */
  readonly quiet: boolean;
}

export function createConversation(deps: ConversationDeps): Conversation {
  const { options, wire, meter, clock, backgroundWaitMs } = deps;
  const { report, trusted, logger } = options;
  const output = createCommandOutput({
    folder: outputFolder(options.env, options.cwd, options.sessionId),
    clock,
    onOutput: (callId, text) => report.delta({ entryId: callId, kind: 'tool-output', text }),
  });
  const gate = createGate({
    ask: output.following(options.ask),
    unasked: options.unasked,
    breached(words, hint) {
      giveUp({ class: 'permanent', code: 'unasked', words, hint });
      // Not in good order: what it does next, nobody would be asked about either.
      wire.kill();
    },
    isOwnFile: ownFiles(options),
    interrupt: wire.interrupt,
    dialogs: deps.dialogs,
    clock,
    logger,
  });
  const translator = createTranslator(output.ending(report));
  const activity = createActivity();
  let used = NOTHING_USED;
  let turn: TurnClock | null = null;
  let retryAfterMs: number | null = null;
  let lastWords = '';
  let gone: ChildExit | null = null;
  /** Why a hook kept the prompt of this turn from the model. */
  let blocked: string | null = null;
  /** Why this session can do nothing more, whatever the program says. */
  let given: TurnError | null = null;

  async function interrupt(ms = INTERRUPT_MS): Promise<void> {
    const running = turn;
    if (!running) return;
    running.interrupt();
    gate.interrupted();
    wire.interrupt();
    const waited = new AbortController();
    await Promise.race([running.over, sleep(ms, null, { signal: waited.signal }).catch(() => {})]);
    waited.abort();
    running.end();
  }

  function giveUp(error: TurnError): void {
    if (given) return;
    given = error;
    void interrupt();
  }

  const isUnknown = (exit: ChildExit) => /no conversation found with session id/i.test(`${lastWords}\n${exit.stderr}`);

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
    return { ...base, result: 'error', error, retryAfterMs: error.code === RATE_LIMITED ? retryAfterMs : null };
  }

  return {
    gate,
    giveUp,
    interrupt,
    isUnknown,
    take(message) {
      blocked = blockedPrompt(message) ?? blocked;
      const untrusted = trusted ? null : untrustedServers(message);
      const cause = untrusted ?? missingTools(message);
      if (cause !== null && !given) {
        report.entry({ type: 'notice', level: 'error', code: cause.code, words: cause.words });
        giveUp(cause);
        if (untrusted) wire.kill();
      }
      if (message.type === 'rate_limit_event') retryAfterMs = readRetryAfter(message, clock.now());
      if (message.type === 'result') {
        used = plus(used, meter.count(message));
        lastWords = readResult(message).words;
      }
      activity.take(message);
      gate.take(message);
      translator.take(message);
      turn?.take(message);
    },
    async turn(send) {
      if (turn) throw new Error('One prompt at a time.');
      const uuid = randomUUID();
      const current = createTurnClock({
        uuid,
        activity,
        clock,
        backgroundWaitMs,
        announcedWaitMs: ANNOUNCED_MS,
        settled: options.settled,
      });
      turn = current;
      blocked = null;
      if (gone) current.end();
      else send(uuid);
      const end = await current.over;
      turn = null;
      return settle(end);
    },
    end(exit) {
      gone = exit;
      gate.end();
      output.close();
      translator.end('The agent ended before the call was over.');
      turn?.end();
      return describeExit(exit);
    },
    get inTurn() {
      return turn !== null;
    },
    get quiet() {
      return activity.quiet;
    },
  };
}
