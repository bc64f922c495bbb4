import { NO_USAGE } from '../../../contract/run/usage.ts';
import { type AgentSession, type Backend, BackendFailure, type SessionOptions, type TurnResult } from '../backend.ts';

/**
 * No agent of its own: a person or another program does the work and reports through the tools (`drover item`, MCP,
 * HTTP). A turn lasts until no item is open any more, or until it is interrupted.
 */
export function createPassiveBackend(): Backend {
  return {
    name: 'passive',
    title: 'No agent',
    internal: true,
    builtIn: true,
    description: 'A person or another program does the work and reports on the items',
    capabilities: {
      process: false,
      resume: false,
      interrupt: true,
      approvals: false,
      mcp: false,
      terminal: false,
      steering: false,
      images: false,
      usage: false,
      clocked: false,
      models: [],
      efforts: [],
      resumeCommand: null,
    },
    callOf: (tool) => ({ kind: 'other', title: tool }),
    async probe() {
      return { available: true, program: null, version: null, login: 'not-needed', problem: null, hint: null };
    },
    async open(options, signal) {
      if (signal.aborted) throw new BackendFailure('aborted', 'Stopped before the session was open.');
      options.report.started(null, null, null);
      options.report.session(options.sessionId, options.model);
      return createPassiveSession(options);
    },
  };
}

function createPassiveSession(options: SessionOptions): AgentSession {
  let end: (how: { words: string }) => void = () => {};
  const ended = new Promise<{ words: string }>((resolve) => {
    end = resolve;
  });
  let turn: AbortController | null = null;
  let closed = false;

  return {
    ended,
    async prompt() {
      if (turn) throw new Error('A turn is running already.');
      if (closed) return turnResult('interrupted');
      const running = new AbortController();
      turn = running;
      const { signal } = running;
      const interrupted = new Promise<TurnResult>((resolve) => {
        signal.addEventListener('abort', () => resolve(turnResult('interrupted')), { once: true });
      });
      const outcomes = [interrupted];
      if (options.settled) outcomes.push(options.settled(signal).then(() => turnResult('ok'), brokenWatch));
      const result = await Promise.race(outcomes);
      turn = null;
      running.abort();
      return result;
    },
    async interrupt() {
      turn?.abort();
    },
    async release() {
      throw new BackendFailure('failed', 'This agent has no session that could be continued.');
    },
    async close() {
      closed = true;
      turn?.abort();
      end({ words: 'The session was closed.' });
    },
  };
}

function turnResult(result: TurnResult['result'], error: TurnResult['error'] = null): TurnResult {
  return { result, error, usage: NO_USAGE, costUsd: 0, retryAfterMs: null };
}

function brokenWatch(failure: unknown): TurnResult {
  const words = `The checklist can no longer be watched: ${String(failure)}`;
  return turnResult('error', { class: 'permanent', code: 'checklist-unwatched', words, hint: null });
}
