import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Logger } from '../core/base/logger.ts';
import type { Caller } from '../core/core-api.ts';
import { MAX_BODY, MAX_FILE_BODY } from './body.ts';
import { tellingClients } from './failure.ts';
import type { CallContext } from './router.ts';

/** Above this many bytes on their way to a client, nothing more is made for it until they have left. */
const MAX_BUFFERED = 1024 * 1024;
const CLOSE_GRACE_MS = 500;

export interface RpcSocket {
  /** Turns a request that has passed the guard into a connection. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, caller: Caller): void;
  /** Says goodbye to every client; the deaf ones are cut off. */
  close(): Promise<void>;
}

/** The contract over WebSocket, one connection for many calls and streams. */
export function createRpcSocket(router: AnyRouter, logger: Logger): RpcSocket {
  const handler = new RPCHandler<CallContext>(router, {
    clientInterceptors: [({ next, path }) => tellingClients(next, path, logger)],
  });
  // Only a person may bring a file, so the connections of agents stay small.
  const open = (maxPayload: number) => new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false });
  const servers = { person: open(MAX_FILE_BODY), agent: open(MAX_BODY) };
  return {
    accept(request, socket, head, caller) {
      const server = caller.taskId === null ? servers.person : servers.agent;
      server.handleUpgrade(request, socket, head, (client) => {
        client.on('error', (error) => logger.debug('a client connection failed', { error: error.message }));
        void handler.upgrade(pacedSocket(client) as unknown as WebSocket, { context: { caller, carrier: 'socket' } });
      });
    },
    async close() {
      const clients = [...servers.person.clients, ...servers.agent.clients];
      const gone = clients.map((client) => new Promise((resolve) => client.once('close', resolve)));
      for (const client of clients) client.close(1001, 'Drover is ending.');
      const grace = setTimeout(() => {
        for (const client of clients) client.terminate();
      }, CLOSE_GRACE_MS);
      await Promise.all(gone);
      clearTimeout(grace);
      servers.person.close();
      servers.agent.close();
    },
  };
}

/**
 * All that the handler uses of a WebSocket, with two differences. `send` returns a promise that waits while too much is
 * buffered: the handler waits for it before it pulls the next message of a stream, so a slow reader costs at most
 * `MAX_BUFFERED` and one message a stream. And frames that are not a request in the library's format end the
 * connection, where the handler would throw.
 */
function pacedSocket(client: WebSocket) {
  return {
    send(message: string | Uint8Array): Promise<void> {
      return new Promise((resolve) => {
        client.send(message, () => resolve());
        if (client.bufferedAmount <= MAX_BUFFERED) resolve();
      });
    },
    addEventListener(type: 'message' | 'close', listener: (event: { data?: unknown }) => void): void {
      if (type === 'close') {
        client.once('close', () => listener({}));
        return;
      }
      client.on('message', (data, isBinary) => {
        const text = isBinary ? null : data.toString();
        if (text !== null && Buffer.byteLength(text) > MAX_BODY && !bringsFile(text)) client.close(1009, 'Too large.');
        else if (text !== null && isRequest(text)) listener({ data: text });
        else client.close(1003, 'Not a request.');
      });
    },
  };
}

/** Whether a message is the one call that may be larger than others. */
function bringsFile(text: string): boolean {
  try {
    const { p } = JSON.parse(text) as { p?: { u?: unknown } };
    return typeof p?.u === 'string' && new URL(p.u, 'http://localhost').pathname === '/attachments/add';
  } catch {
    return false;
  }
}

/** Requests, events and aborts of the library's protocol: an id, a type (none: a request) and what belongs to it. */
export function isRequest(text: string): boolean {
  try {
    const message: unknown = JSON.parse(text);
    if (typeof message !== 'object' || message === null || !('i' in message)) return false;
    if ('t' in message && message.t !== 1) return message.t === 4 || ('p' in message && isObject(message.p));
    if (!('p' in message) || !isObject(message.p) || typeof message.p.u !== 'string') return false;
    const { u: url, h: headers } = message.p;
    return URL.canParse(url, 'http://localhost') && (headers === undefined || isObject(headers));
  } catch {
    return false;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
