import type { Client } from '../client.ts';
import type { StreamMessage } from '../stream/state.ts';
import { ConnectionLost } from './connect.ts';
import { pause, type SignalLike } from './socket.ts';

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
 * throws.
 */
export async function follow(
  client: Client,
  options: FollowOptions,
  onMessage: (message: StreamMessage) => void | Promise<void>,
  signal: SignalLike,
): Promise<void> {
  let after = options.after;
  while (!signal.aborted) {
    try {
      const messages = await client.events.subscribe({ ...options, after }, { signal: signal as never });
      for await (const message of messages) {
        if (message.type === 'event') {
          if (after !== undefined && message.event.seq <= after) continue;
          after = message.event.seq;
        } else if (message.type === 'caught-up') {
          after = Math.max(after ?? 0, message.seq);
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
