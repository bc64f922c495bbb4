import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { Client } from '../client.ts';

/** What is used of a message port; every `MessagePort` fits. */
interface PortOfPage {
  addEventListener(type: string, listener: (event: { data?: unknown }) => void): void;
  postMessage(message: unknown): void;
  start(): void;
}

/**
 * A client over a message port, for a window of the same program as the core: there is no connection to lose, because
 * the two end together.
 */
export function clientOverPort(port: PortOfPage): Client {
  const client = createORPCClient(new RPCLink({ port: port as never })) as Client;
  port.start();
  return client;
}
