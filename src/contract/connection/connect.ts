import { type ClientLink, createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { Client } from '../client.ts';
import { pause, type SignalLike, type WebSocketLike } from './socket.ts';

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 10_000;
const OPEN = 1;

declare const AbortController: new () => { readonly signal: SignalLike; abort(): void };

export type ConnectionState = 'connected' | 'reconnecting';

export interface ConnectOptions {
  /**
   * Makes a socket to `/rpc`, with whatever proves who is asking. Called for every attempt, so that it can look up a new
   * address. May fail: that attempt is then over.
   */
  createSocket(): WebSocketLike | Promise<WebSocketLike>;
  /** Told at every change, first when the first attempt has succeeded or failed. */
  onState?(state: ConnectionState): void;
}

export interface Connection {
  /**
   * A call made while there is no connection waits for the attempt that is under way or next, and fails with
   * `ConnectionLost` when that fails. A call that was sent and not answered when the connection broke fails with
   * `ConnectionLost` too; whether it was carried out is unknown, so send it again with the same `commandId`.
   */
  readonly client: Client;
  /** Ends the connection for good; calls that wait fail. */
  close(): void;
}

/** There is no connection to Drover, or it broke before the answer came. `cause` is what the socket said, if anything. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

type Caller = ClientLink<Record<never, never>>;

/**
 * A client over a WebSocket that comes back by itself, with delays that grow from 0.1 to 10 seconds. Streams do not
 * come back by themselves: see `follow`.
 */
export function connect({ createSocket, onState }: ConnectOptions): Connection {
  const ending = new AbortController();
  let state: ConnectionState | null = null;
  let live: { link: Caller; lost: ConnectionLost | null } | null = null;
  let attempt = newAttempt();
  let closeSocket = () => {};

  const enter = (next: ConnectionState) => {
    if (state === next || ending.signal.aborted) return;
    state = next;
    onState?.(next);
  };

  void keepConnected();

  async function keepConnected(): Promise<void> {
    for (let delay = FIRST_DELAY_MS; !ending.signal.aborted; delay = Math.min(delay * 2, LONGEST_DELAY_MS)) {
      const outcome = attempt;
      try {
        const opened = await open(createSocket);
        if (ending.signal.aborted) {
          opened.socket.close();
          return;
        }
        delay = FIRST_DELAY_MS / 2;
        const current = { link: opened.link, lost: null as ConnectionLost | null };
        closeSocket = () => opened.socket.close();
        live = current;
        outcome.settle(null);
        enter('connected');
        await opened.closed;
        current.lost = new ConnectionLost('The connection to Drover was lost.');
        live = null;
        attempt = newAttempt();
        enter('reconnecting');
      } catch (cause) {
        attempt = newAttempt();
        outcome.settle(new ConnectionLost('Drover cannot be reached.', { cause }));
        enter('reconnecting');
      }
      // Spread out, so that several clients of a restarted host do not come back in the same moment.
      await pause(delay * (0.5 + Math.random() / 2), ending.signal);
    }
  }

  const link: Caller = {
    async call(path, input, options) {
      if (live === null && !ending.signal.aborted) await attempt.done;
      const current = live;
      if (current === null || ending.signal.aborted) throw new ConnectionLost('The connection to Drover is closed.');
      const translate = (error: unknown) => current.lost ?? error;
      try {
        const output = await current.link.call(path, input, options);
        return isIterator(output) ? translated(output, translate) : output;
      } catch (error) {
        throw translate(error);
      }
    },
  };

  return {
    client: createORPCClient(link),
    close() {
      if (ending.signal.aborted) return;
      ending.abort();
      attempt.settle(new ConnectionLost('The connection to Drover is closed.'));
      closeSocket();
    },
  };
}

/** The outcome of one attempt to connect: null, or why it failed. Nobody has to wait for it. */
function newAttempt() {
  let settle: (failure: ConnectionLost | null) => void = () => {};
  const done = new Promise<void>((resolve, reject) => {
    settle = (failure) => (failure === null ? resolve() : reject(failure));
  });
  done.catch(() => {});
  return { done, settle };
}

async function open(createSocket: ConnectOptions['createSocket']) {
  const socket = await createSocket();
  let ended = () => {};
  const closed = new Promise<void>((resolve) => {
    ended = resolve;
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('error', (event) => reject(new Error(event.message ?? 'The socket failed to open.')));
    socket.addEventListener('close', () => {
      reject(new Error('The socket closed before it opened.'));
      ended();
    });
    if (socket.readyState === OPEN) resolve();
    else socket.addEventListener('open', resolve);
  });
  // The link throws out of an event listener when it sends on a socket that is closing: what is sent then is dropped,
  // and the call fails at `close` like every other.
  const facade = {
    readyState: OPEN,
    send: (data: string) => {
      if (socket.readyState === OPEN) socket.send(data);
    },
    addEventListener: socket.addEventListener.bind(socket),
    removeEventListener: () => {},
  };
  return { socket, closed, link: new RPCLink({ websocket: facade as never }) as Caller };
}

function isIterator(output: unknown): output is AsyncGenerator<unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
}

async function* translated(output: AsyncGenerator<unknown>, translate: (error: unknown) => unknown) {
  try {
    yield* output;
  } catch (error) {
    throw translate(error);
  }
}
