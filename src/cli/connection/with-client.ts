import { WebSocket } from 'ws';
import type { Client } from '../../contract/client.ts';
import { type Connection, connect } from '../../contract/connection/connect.ts';
import type { Context, GlobalOptions } from '../context.ts';
import { Failure, toFailure } from '../failure.ts';
import { findTarget, type Target } from './endpoint.ts';

const OPEN_WITHIN_MS = 5000;

export interface ClientOptions extends GlobalOptions {
  /** Take the agent's own address and token from the environment where they are set. */
  forAgents?: boolean;
  /** Called when a connection that was there is lost, and when it is back. */
  onState?(state: 'lost' | 'back'): void;
}

/**
 * Runs `use` with a client and closes the connection afterwards. Failures of calls come out as `Failure` with words:
 * also when Drover is not running, or stops in the middle.
 */
export async function withClient<T>(
  context: Context,
  options: ClientOptions,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  // Read at once, so that a missing file is told as what it is.
  let target: Target = findTarget(context, options, options.forAgents ?? false);
  let first = true;
  let connected = false;
  const connection: Connection = connect({
    createSocket() {
      if (!first) target = findTarget(context, options, options.forAgents ?? false);
      first = false;
      const socket = new WebSocket(rpcAddress(target.url), {
        headers: { authorization: `Bearer ${target.token}` },
        perMessageDeflate: false,
        handshakeTimeout: OPEN_WITHIN_MS,
      });
      // Kept for good: an error without a listener, after the socket was given up, would end the process.
      socket.on('error', () => {});
      return socket as never;
    },
    onState(state) {
      if (state === 'reconnecting' && connected) options.onState?.('lost');
      if (state === 'connected' && connected) options.onState?.('back');
      if (state === 'connected') connected = true;
    },
  });
  try {
    return await use(connection.client);
  } catch (error) {
    const failure = toFailure(error);
    if (failure.code !== 'connection-lost') throw failure;
    if (connected) {
      throw new Failure('connection-lost', 'The connection to Drover was lost; whether it did this is not known.', {
        cause: error,
      });
    }
    throw new Failure('no-connection', target.explain(causeOf(error)), { cause: error });
  } finally {
    connection.close();
  }
}

function rpcAddress(url: string): string {
  return `${url.replace(/^http/, 'ws').replace(/\/+$/, '')}/rpc`;
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error ? cause.message : String(cause);
}
