import type { AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import type { Logger } from '../core/base/logger.ts';
import type { Caller } from '../core/core-api.ts';
import { tellingClients } from './failure.ts';
import type { CallContext } from './router.ts';
import { isRequest } from './rpc-socket.ts';

/** One end of a message channel, as Electron's main process has it. */
export interface PortLike {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

export interface RpcPorts {
  /** Serves the contract over a port until it closes. */
  accept(port: PortLike, caller: Caller): void;
  close(): void;
}

/** The contract over message ports: what a window of the same program uses instead of a socket. */
export function createRpcPorts(router: AnyRouter, logger: Logger): RpcPorts {
  const handler = new RPCHandler<CallContext>(router, {
    clientInterceptors: [({ next, path }) => tellingClients(next, path, logger)],
  });
  const open = new Set<PortLike>();
  return {
    accept(port, caller) {
      open.add(port);
      port.on('close', () => open.delete(port));
      handler.upgrade(checkedPort(port), { context: { caller, carrier: 'socket' } });
      port.start();
    },
    close() {
      for (const port of open) port.close();
      open.clear();
    },
  };
}

/** What is no request in the library's format ends the connection, where the handler would throw. */
function checkedPort(port: PortLike) {
  return {
    on(type: string, listener: (event?: { data: unknown }) => void): void {
      if (type === 'close') port.on('close', () => listener());
      if (type !== 'message') return;
      port.on('message', (event) => {
        if (typeof event.data === 'string' && isRequest(event.data)) listener(event);
        else port.close();
      });
    },
    postMessage: (message: unknown) => port.postMessage(message),
  };
}
