import { duration } from '../../contract/words/measure.ts';
import { type AgentSession, type Backend, BackendFailure, type SessionOptions } from '../backends/backend.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';

/** How much longer than the grace an aborted opening may take, before it is left to the sweep of the run's processes. */
const ABORT_WAIT_MS = 12_000;

interface Deps {
  backend: Backend;
  clock: Clock;
  logger: Logger;
  /** Aborted when the run is to stop. */
  halt: AbortSignal;
  /** How long processes may take to end by themselves; milliseconds. */
  graceMs: number;
}

/** The agent did not answer within the first-response clock while it opened. */
export class NoAnswer extends BackendFailure {}

/** The session of a run: who opened it closes it, whenever the run ends. */
export interface SessionHolder {
  /**
   * Opens a session in place of the one before. Whether it opens, fails, is not answered within `firstResponseMs` or is
   * stopped: what does not become the session is gone when this settles. Throws `BackendFailure`.
   */
  open(options: SessionOptions, firstResponseMs: number): Promise<AgentSession>;
  /** Whether an agent is being started now. */
  readonly opening: boolean;
  /** Lets go of the session, so that another program may continue it; throws `BackendFailure` where that cannot be. */
  release(graceMs: number): Promise<void>;
  /** Ends the session, or gives up its opening, and everything that it started. */
  close(graceMs: number): Promise<void>;
  readonly session: AgentSession | null;
}

export function createSessionHolder({ backend, clock, logger, halt, graceMs }: Deps): SessionHolder {
  let session: AgentSession | null = null;
  let opening: { cancel: AbortController; over: Promise<unknown> } | null = null;

  /** A session that comes after all, when nobody waits for it any more. */
  function closeLate(coming: Promise<AgentSession>): void {
    coming.then(
      (late) => late.close(0),
      () => {},
    );
  }

  async function openUnderClock(
    options: SessionOptions,
    firstResponseMs: number,
    cancel: AbortController,
  ): Promise<AgentSession> {
    const signal = AbortSignal.any([halt, cancel.signal]);
    let silent = false;
    const timer = backend.capabilities.clocked
      ? clock.timer(firstResponseMs, () => {
          silent = true;
          cancel.abort();
        })
      : null;
    const coming = backend.open({ ...options, abortGraceMs: graceMs }, signal);
    try {
      const opened = await settledOrLate(coming, signal, graceMs + ABORT_WAIT_MS);
      if (opened !== 'late' && !signal.aborted) return opened;
      if (opened === 'late') closeLate(coming);
      else await opened.close(0);
      throw new BackendFailure('aborted', `The agent ${backend.name} was ended while it started.`);
    } catch (error) {
      if (!silent || halt.aborted) throw error;
      logger.warn('an agent did not answer while it was opened', { backend: backend.name });
      const words = `The agent ${backend.name} was started, but did not answer within ${duration(firstResponseMs)}, so it was ended.`;
      throw new NoAnswer('failed', words, error instanceof BackendFailure ? error.hint : null);
    } finally {
      timer?.cancel();
    }
  }

  return {
    get session() {
      return session;
    },
    get opening() {
      return opening !== null;
    },
    async open(options, firstResponseMs) {
      await session?.close(0);
      session = null;
      const cancel = new AbortController();
      const over = openUnderClock(options, firstResponseMs, cancel);
      opening = { cancel, over };
      try {
        session = await over;
        return session;
      } finally {
        opening = null;
      }
    },
    async release(ms) {
      await session?.release(ms);
      session = null;
    },
    async close(ms) {
      opening?.cancel.abort();
      await opening?.over.catch(() => {});
      await session?.close(ms);
    },
  };
}

/** What `work` comes to, or `late` when it has not come to anything `ms` after `signal` was aborted. */
function settledOrLate<T>(work: Promise<T>, signal: AbortSignal, ms: number): Promise<T | 'late'> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const wait = () => {
      timer = setTimeout(() => resolve('late'), ms);
    };
    signal.addEventListener('abort', wait, { once: true });
    if (signal.aborted) wait();
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', wait);
      clearTimeout(timer);
    });
  });
}
