import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { MAX_INPUT_BYTES, type TerminalReply } from '../contract/terminal/line.ts';
import type { Logger } from '../core/base/logger.ts';
import type { Caller, Core, TerminalCarrier } from '../core/core-api.ts';

const CLOSE_GRACE_MS = 500;

export interface TerminalSocket {
  /** Turns a request of a person that has passed the guard into the way of one terminal. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, caller: Caller): void;
  close(): Promise<void>;
}

/** The bytes of terminals over WebSocket, a connection for each, so that none holds up another or the calls. */
export function createTerminalSocket(core: Pick<Core, 'terminals'>, logger: Logger): TerminalSocket {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_INPUT_BYTES, perMessageDeflate: false });
  return {
    accept(request, socket, head, caller) {
      server.handleUpgrade(request, socket, head, (client) => {
        client.on('error', (error) => logger.debug('a terminal connection failed', { error: error.message }));
        serve(core, client, caller);
      });
    },
    async close() {
      const clients = [...server.clients];
      const gone = clients.map((client) => new Promise((resolve) => client.once('close', resolve)));
      for (const client of clients) client.close(1001, 'Drover is ending.');
      const grace = setTimeout(() => {
        for (const client of clients) client.terminate();
      }, CLOSE_GRACE_MS);
      await Promise.all(gone);
      clearTimeout(grace);
      server.close();
    },
  };
}

function serve(core: Pick<Core, 'terminals'>, client: WebSocket, caller: Caller): void {
  const carrier: TerminalCarrier = {
    send: (message) => client.send(message),
    close: () => client.close(),
  };
  const line = core.terminals.serve(carrier, caller);
  if (line === null) {
    client.send(JSON.stringify({ type: 'refused', message: 'This Drover has no terminals.' } satisfies TerminalReply));
    client.close();
    return;
  }
  client.on('message', (data, isBinary) => line.receive(isBinary ? (data as Buffer) : String(data)));
  client.on('close', () => line.closed());
}
