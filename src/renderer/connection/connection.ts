import type { Client } from '../../contract/client.ts';
import { type ConnectionState, connect as connectBySocket } from '../../contract/connection/connect.ts';
import { clientOverPort } from '../../contract/connection/port.ts';
import { type BinarySocket, wayOverSocket } from '../../contract/connection/terminal-socket.ts';
import type { TerminalWay } from '../../contract/connection/terminal-way.ts';
import { type Desktop, PORT_MESSAGE, TERMINAL_PORT_MESSAGE } from '../../contract/desktop.ts';
import { createValue, type Value } from '../ui/value.ts';

/** What the window shows of its connection; `signed-out`: Drover answers, but does not know this browser any more. */
export type WindowConnectionState = 'connecting' | ConnectionState | 'signed-out';

export interface WindowConnection {
  readonly client: Client;
  readonly state: Value<WindowConnectionState>;
  /** A new way for the bytes of one terminal, see `attachTerminal`. */
  openTerminalWay(): TerminalWay;
  /** Set in the desktop app; null in a browser. */
  readonly desktop: Desktop | null;
}

declare global {
  interface Window {
    readonly desktop?: Desktop;
  }
}

/** The only place that knows the carrier: a port of the desktop app, or a WebSocket with the cookie of the browser. */
export function connect(): WindowConnection {
  return window.desktop ? connectByPort(window.desktop) : connectByAddress();
}

function connectByPort(desktop: Desktop): WindowConnection {
  const { port1, port2 } = new MessageChannel();
  const client = clientOverPort(port1 as never);
  window.postMessage(PORT_MESSAGE, '*', [port2]);
  const state = createValue<WindowConnectionState>('connected');
  return { client, state, openTerminalWay: wayOverPort, desktop };
}

function connectByAddress(): WindowConnection {
  const state = createValue<WindowConnectionState>('connecting');
  const { client } = connectBySocket({
    createSocket: () => socketTo('rpc'),
    onState(next) {
      state.set(next);
      if (next === 'reconnecting') void lookWhy();
    },
  });
  /** A refused WebSocket does not say why; the same question over HTTP does. */
  async function lookWhy(): Promise<void> {
    const status = await fetch('api/status').then(
      (answer) => answer.status,
      () => null,
    );
    if (status === 401 && state.get() !== 'connected') state.set('signed-out');
    else if (status === null && state.get() !== 'connected') setTimeout(() => void lookWhy(), 2000);
  }
  const openTerminalWay = () => wayOverSocket(socketTo('terminal') as unknown as BinarySocket);
  return { client, state, openTerminalWay, desktop: null };
}

function socketTo(path: string): WebSocket {
  return new WebSocket(new URL(path, location.href.replace(/^http/, 'ws')));
}

function wayOverPort(): TerminalWay {
  const { port1, port2 } = new MessageChannel();
  window.postMessage(TERMINAL_PORT_MESSAGE, '*', [port2]);
  return {
    send: (message) => port1.postMessage(message),
    close: () => port1.close(),
    listen({ message, closed }) {
      port1.addEventListener('message', ({ data }) => message(data as string | Uint8Array));
      port1.addEventListener('close', closed);
      port1.start();
    },
  };
}
