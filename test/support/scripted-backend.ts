import type { Capabilities } from '../../src/contract/agent/state.ts';
import { NO_USAGE } from '../../src/contract/run/usage.ts';
import {
  type Backend,
  BackendFailure,
  type PromptImage,
  type SessionOptions,
  type TurnResult,
} from '../../src/core/backends/backend.ts';
import { callOf } from '../../src/core/backends/claude/tool-call.ts';
import type { ProgramInTerminal } from '../../src/core/process/program-in-terminal.ts';

const CAPABILITIES: Capabilities = {
  process: false,
  resume: false,
  interrupt: true,
  approvals: false,
  mcp: true,
  terminal: false,
  steering: false,
  images: false,
  usage: false,
  clocked: true,
  models: [],
  efforts: [],
  resumeCommand: null,
};

/** What a turn that ended well answers. */
export const YIELDED: TurnResult = { result: 'ok', error: null, usage: NO_USAGE, costUsd: 0, retryAfterMs: null };

/**
 * A backend in this process whose turns are played by `turn`; `signal` is aborted when the turn or the session is to
 * end. The agent of that name can be chosen by tasks; its tools are named as those of Claude Code.
 */
export function createScriptedBackend(
  name: string,
  turn: (
    options: SessionOptions,
    signal: AbortSignal,
    prompt: string,
    images: readonly PromptImage[],
  ) => Promise<TurnResult>,
  capabilities: Partial<Capabilities> = {},
): Backend {
  return {
    name,
    title: name,
    description: 'Does what a test or a bench says',
    capabilities: { ...CAPABILITIES, ...capabilities },
    callOf,
    probe: async () => ({
      available: true,
      program: null,
      version: null,
      login: 'not-needed',
      problem: null,
      hint: null,
    }),
    async open(options) {
      let end: (how: { words: string }) => void = () => {};
      const ended = new Promise<{ words: string }>((resolve) => {
        end = resolve;
      });
      let running = new AbortController();
      options.terminal?.(fakeProgram(ended, () => end({ words: 'The program was left.' })));
      options.report.started(null, null, null);
      options.report.session(options.sessionId, null);
      return {
        ended,
        prompt(text, images = []) {
          running = new AbortController();
          return turn(options, running.signal, text, images);
        },
        interrupt: async () => running.abort(),
        async release() {
          if (!capabilities.resume) throw new BackendFailure('failed', 'It has no session that could be continued.');
          end({ words: 'The session was let go of.' });
        },
        async close() {
          running.abort();
          end({ words: 'The session was closed.' });
        },
      };
    },
  };
}

/** A program that greets, says what is typed, and is left with Ctrl+D. */
function fakeProgram(ended: Promise<unknown>, leave: () => void): ProgramInTerminal {
  let print = (_: Uint8Array) => {};
  return {
    pid: process.pid,
    size: { cols: 80, rows: 24 },
    exited: ended.then(() => ({ code: 0, signal: null })),
    onData(listener) {
      print = listener;
      print(Buffer.from('The session, in a terminal.\r\n'));
    },
    write(data) {
      const bytes = Buffer.from(data);
      if (bytes.includes(4)) leave();
      else print(bytes);
    },
    resize() {},
  };
}
