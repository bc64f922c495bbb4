import type { Capabilities } from '../../src/contract/agent/state.ts';
import { NO_USAGE } from '../../src/contract/run/usage.ts';
import type { Backend, SessionOptions, TurnResult } from '../../src/core/backends/backend.ts';
import { callOf } from '../../src/core/backends/claude/tool-call.ts';

const CAPABILITIES: Capabilities = {
  process: false,
  resume: false,
  interrupt: true,
  approvals: false,
  mcp: true,
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
  turn: (options: SessionOptions, signal: AbortSignal, prompt: string) => Promise<TurnResult>,
  capabilities: Partial<Capabilities> = {},
): Backend {
  return {
    name,
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
      options.report.started(null, null, null);
      options.report.session(options.sessionId, null);
      return {
        ended,
        prompt(text) {
          running = new AbortController();
          return turn(options, running.signal, text);
        },
        interrupt: async () => running.abort(),
        async close() {
          running.abort();
          end({ words: 'The session was closed.' });
        },
      };
    },
  };
}
