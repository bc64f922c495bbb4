import type { Capabilities } from '../../../src/contract/agent/state.ts';
import type { TurnError } from '../../../src/contract/run/events.ts';
import { NO_USAGE } from '../../../src/contract/run/usage.ts';
import {
  type Backend,
  BackendFailure,
  type SessionOptions,
  type ToolAnswer,
  type TurnResult,
} from '../../../src/core/backends/backend.ts';
import { callOf } from '../../../src/core/backends/claude/tool-call.ts';

export const FAKE_AGENT = 'fake';

const CAPABILITIES: Capabilities = {
  process: false,
  resume: true,
  interrupt: true,
  approvals: true,
  mcp: true,
  terminal: true,
  steering: false,
  images: false,
  usage: false,
  clocked: true,
  models: [],
  efforts: [],
  resumeCommand: null,
};

/** A call that an agent waits with until somebody has answered. */
export interface AskedCall {
  callId: string;
  answer: ToolAnswer | null;
  /** Nobody waits for the answer any more. */
  withdraw(reason: 'withdrawn' | 'ended'): void;
}

/** A session of an agent that does what it is told, and nothing by itself. */
export interface FakeSession {
  readonly options: SessionOptions;
  readonly inTurn: boolean;
  readonly asked: AskedCall[];
  say(text: string): void;
  /** Asks for leave to run a command. */
  ask(callId: string, command: string): void;
  /** Carries out what was allowed, or takes note of what was not. */
  carryOut(call: AskedCall): void;
  endTurn(how: 'ok' | 'transient' | 'limited' | 'permanent'): void;
  /** Its program dies. */
  crash(): void;
}

/** What can be seen of the agent from outside. */
export interface FakeAgentHooks {
  /** Lets an opening take its time; rejects when the signal aborts. */
  pause(signal: AbortSignal): Promise<void>;
  opened(session: FakeSession): void;
  ended(session: FakeSession): void;
  /** A command was carried out. */
  executed(callId: string, taskId: string): void;
  /** Whether the session of that id is lost. */
  isLost(sessionId: string): boolean;
}

const error = (kind: TurnError['class'], code: string): TurnError => ({ class: kind, code, words: code, hint: null });
const ERRORS = {
  ok: null,
  transient: error('transient', 'overloaded'),
  limited: error('transient', 'rate-limited'),
  permanent: error('permanent', 'refused'),
} as const;
const LIMIT_MS = 3 * 60_000;

/** An agent without a program, to be played by a test. */
export function createFakeAgent(hooks: FakeAgentHooks): Backend {
  return {
    name: FAKE_AGENT,
    title: 'Fake',
    description: 'Does what a history says',
    capabilities: CAPABILITIES,
    callOf,
    probe: async () => ({
      available: true,
      program: null,
      version: null,
      login: 'not-needed',
      problem: null,
      hint: null,
    }),
    async open(options, signal) {
      await hooks.pause(signal).catch(() => {
        throw new BackendFailure('aborted', 'It was ended while it started.');
      });
      if (options.resume && hooks.isLost(options.sessionId)) {
        throw new BackendFailure('session-unknown', 'It does not know that session.');
      }
      let turn: ((result: TurnResult) => void) | null = null;
      let end: (how: { words: string }) => void = () => {};
      const ended = new Promise<{ words: string }>((resolve) => {
        end = resolve;
      });
      const asked: AskedCall[] = [];

      function settle(result: Partial<TurnResult> & Pick<TurnResult, 'result'>, reason: 'withdrawn' | 'ended'): void {
        for (const call of asked.splice(0)) call.withdraw(reason);
        const resolve = turn;
        turn = null;
        resolve?.({ error: null, usage: NO_USAGE, costUsd: 0, retryAfterMs: null, ...result });
      }

      function over(words: string): void {
        settle({ result: 'error', error: error('crash', words) }, 'ended');
        hooks.ended(session);
        end({ words });
      }

      const session: FakeSession = {
        options,
        get inTurn() {
          return turn !== null;
        },
        asked,
        say: (text) => options.report.entry({ type: 'text', entryId: `e${text}`, text, parent: null }),
        ask(callId, command) {
          const input = { command };
          const call = callOf('Bash', input);
          options.report.entry({ type: 'tool-called', callId, call, input: JSON.stringify(input), parent: null });
          const withdrawn = new AbortController();
          const one: AskedCall = { callId, answer: null, withdraw: (reason) => withdrawn.abort(reason) };
          asked.push(one);
          const question = { callId, call, input, blockedPath: null, reason: null, signal: withdrawn.signal };
          void options.ask(question).then((answer) => {
            one.answer = answer;
          });
        },
        carryOut(call) {
          asked.splice(asked.indexOf(call), 1);
          const ok = call.answer?.decision === 'allow';
          if (ok) hooks.executed(call.callId, options.taskId);
          const output = ok ? 'Done.' : 'Not allowed.';
          options.report.entry({ type: 'tool-settled', callId: call.callId, ok, output, durationMs: null });
        },
        endTurn(how) {
          const retryAfterMs = how === 'limited' ? LIMIT_MS : null;
          settle({ result: how === 'ok' ? 'ok' : 'error', error: ERRORS[how], retryAfterMs }, 'withdrawn');
        },
        crash: () => over('Its program has died.'),
      };
      options.report.started(null, null, null);
      hooks.opened(session);
      options.report.session(options.sessionId, null);
      return {
        ended,
        prompt: () =>
          new Promise((resolve) => {
            turn = resolve;
          }),
        async interrupt() {
          settle({ result: 'interrupted' }, 'withdrawn');
        },
        async release() {
          over('The session was let go of.');
        },
        async close() {
          over('The session was closed.');
        },
      };
    },
  };
}
