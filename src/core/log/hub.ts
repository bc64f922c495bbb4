import type { LiveDelta } from '../../contract/live.ts';
import type { StreamMessage } from '../../contract/stream/state.ts';
import type { LoggedEvent } from '../../contract/task/events.ts';
import { type Logger, silentLogger } from '../base/logger.ts';
import type { Log } from './log.ts';
import { createRecent } from './recent.ts';

/** A reader gets at most this many events from one look into the log. */
const PAGE = 200;
/** Streaming text that waits for a slow reader, in UTF-16 units; beyond it the text is dropped. */
const MAX_LIVE = 256 * 1024;

type Changed = Extract<StreamMessage, { type: 'changed' }>['what'];

/** Tells readers what happened, after it has been stored. */
export interface Hub {
  /** Tells about stored events. Listeners of the core run at once, in order; streams are woken. */
  publish(events: readonly LoggedEvent[]): void;
  /** Tells about streaming text. Costs nothing while nobody watches. */
  live(delta: LiveDelta): void;
  /** Tells that rows beside the log changed. */
  changed(what: Changed): void;
  /**
   * Calls `listen` for every event from now on; returns how to stop. What it throws is logged: the event has happened,
   * and others have to hear of it.
   */
  listen(listen: (event: LoggedEvent) => void): () => void;
  /**
   * Events after `after`, then new ones, until `signal` aborts. Read whenever the reader asks, from the log or, by a reader
   * that is up to date, from the newest in memory: a slow reader costs no memory, and a lost wake-up loses nothing.
   */
  stream(
    options: { after?: number; taskId?: string; live?: boolean },
    signal: AbortSignal,
  ): AsyncGenerator<StreamMessage>;
}

interface Stream {
  taskId: string | undefined;
  live: boolean;
  pending: Map<string, LiveDelta>;
  pendingSize: number;
  changes: Set<Changed>;
  wake(): void;
}

interface Options {
  /** Whose log it is. */
  host?: string;
  logger?: Pick<Logger, 'error'>;
}

export function createHub(log: Log, { host = '', logger = silentLogger }: Options = {}): Hub {
  const listeners = new Set<(event: LoggedEvent) => void>();
  const streams = new Set<Stream>();
  let newest = log.seq();
  const recent = createRecent(newest);

  return {
    publish(events) {
      const last = events.at(-1);
      if (last) newest = last.seq;
      recent.add(events);
      for (const event of events) {
        for (const listener of listeners) {
          try {
            listener(event);
          } catch (error) {
            logger.error('a listener failed on an event', { type: event.event.type, taskId: event.taskId, error });
          }
        }
      }
      for (const stream of streams) {
        if (stream.taskId === undefined || events.some((event) => event.taskId === stream.taskId)) stream.wake();
      }
    },
    live(delta) {
      for (const stream of streams) {
        if (!stream.live || (stream.taskId !== undefined && stream.taskId !== delta.taskId)) continue;
        if (stream.pendingSize + delta.text.length > MAX_LIVE) continue;
        const key = `${delta.taskId} ${delta.kind} ${delta.entryId}`;
        const before = stream.pending.get(key);
        stream.pending.set(key, before ? { ...before, text: before.text + delta.text } : delta);
        stream.pendingSize += delta.text.length;
        stream.wake();
      }
    },
    changed(what) {
      for (const stream of streams) {
        stream.changes.add(what);
        stream.wake();
      }
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async *stream({ after, taskId, live = false }, signal) {
      let woken = true;
      let resume: (() => void) | null = null;
      const wake = () => {
        woken = true;
        resume?.();
      };
      const stream: Stream = { taskId, live, pending: new Map(), pendingSize: 0, changes: new Set(), wake };
      // A reader of a log that has gone back, or of another one, is told so by where this one ends.
      let last = Math.min(after ?? newest, newest);
      let caughtUp = false;
      streams.add(stream);
      signal.addEventListener('abort', wake);
      try {
        while (!signal.aborted) {
          woken = false;
          if (stream.pending.size > 0) {
            const deltas = [...stream.pending.values()];
            stream.pending.clear();
            stream.pendingSize = 0;
            for (const delta of deltas) yield { type: 'live', delta };
          }
          const page = { after: last, taskId, limit: PAGE };
          const events = last < newest ? (recent.read(page) ?? log.read(page)) : [];
          for (const event of events) {
            if (signal.aborted) return;
            last = event.seq;
            yield { type: 'event', event };
          }
          if (events.length === PAGE) continue;
          if (!caughtUp) {
            caughtUp = true;
            const seq = Math.max(last, newest);
            yield {
              type: 'caught-up',
              host,
              seq,
              at: log.at(seq),
              afterAt: after === undefined ? null : log.at(after),
            };
            continue;
          }
          for (const what of stream.changes) yield { type: 'changed', what };
          stream.changes.clear();
          if (!woken && !signal.aborted) {
            await new Promise<void>((done) => {
              resume = done;
              if (woken) done();
            });
            resume = null;
          }
        }
      } finally {
        streams.delete(stream);
        signal.removeEventListener('abort', wake);
      }
    },
  };
}
