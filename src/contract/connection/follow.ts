import type { Client } from '../client.ts';
import type { StreamMessage } from '../stream/state.ts';
import { ConnectionLost } from './connect.ts';
import { pause, type SignalLike } from './socket.ts';

/** The log is not the one that was followed: its data was replaced, for example by a backup. Nothing known of it holds. */
export class LogReplaced extends Error {
  constructor() {
    super('The data of Drover was replaced.');
    this.name = 'LogReplaced';
  }
}

export interface FollowOptions {
  /** The last sequence number already known; left out: only new events. */
  after?: number;
  /** Only this task. */
  taskId?: string;
  /** Streaming text too. */
  live?: boolean;
}

/**
 * Hands over every message of `events.subscribe` in order, and subscribes again after every lost connection, from the
 * last event that was handed over: no event is missed and none comes twice. `caught-up` comes once for each
 * subscription, so that what is not an event (lists that changed, streaming text) can be asked for afresh then. The next
 * message waits for `onMessage`. Resolves when `signal` aborts; rejects when the subscription is refused or `onMessage`
 * throws, and with `LogReplaced` when the log after a lost connection is another one or has gone back.
 */
export async function follow(
  client: Client,
  options: FollowOptions,
  onMessage: (message: StreamMessage) => void | Promise<void>,
  signal: SignalLike,
): Promise<void> {
  let after = options.after;
  let host: string | null = null;
  /** When the event `after` was stored. */
  let at: number | null = null;
  while (!signal.aborted) {
    try {
      const seen = { seq: after ?? 0, at };
      const messages = await client.events.subscribe({ ...options, after }, { signal: signal as never });
      for await (const message of messages) {
        if (message.type === 'event') {
          if (after !== undefined && message.event.seq <= after) continue;
          ({ seq: after, at } = message.event);
        } else if (message.type === 'caught-up') {
          if (host !== null && isOther(message, host, seen)) throw new LogReplaced();
          ({ host, seq: after, at } = message);
        }
        await onMessage(message);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ConnectionLost)) throw error;
    }
    // A host that is ending closes its streams first and the connection a moment later.
    await pause(100, signal);
  }
}

/** Whether a log is not the one of `host` in which the event `seen` was read, stored at that time. */
function isOther(
  log: Extract<StreamMessage, { type: 'caught-up' }>,
  host: string,
  seen: { seq: number; at: number | null },
): boolean {
  if (log.host !== host || log.seq < seen.seq) return true;
  return seen.at !== null && log.afterAt !== null && log.afterAt !== seen.at;
}
