import type { Capabilities } from '../../src/contract/agent/state.ts';
import { NO_USAGE } from '../../src/contract/run/usage.ts';
import type { Backend, SessionOptions, TurnResult } from '../../src/core/backends/backend.ts';

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
};

export const YIELDED: TurnResult = { result: 'ok', error: null, usage: NO_USAGE, costUsd: 0, retryAfterMs: null };

/**
 * A backend in this process whose turns are played by `prompt`; `signal` is aborted when the turn or the session is to
 * end. The agent of that name can be chosen by tasks.
 */
export function createScriptedBackend(
  name: string,
  prompt: (options: SessionOptions, signal: AbortSignal) => Promise<TurnResult>,
): Backend {
  return {
    name,
    description: 'Plays a part in a bench',
    capabilities: CAPABILITIES,
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
      let turn = new AbortController();
      options.report.started(null, null, null);
      options.report.session(options.sessionId, null);
      return {
        ended,
        prompt() {
          turn = new AbortController();
          return prompt(options, turn.signal);
        },
        interrupt: async () => turn.abort(),
        async close() {
          turn.abort();
          end({ words: 'The session was closed.' });
        },
      };
    },
  };
}
