import type { Client } from '../../contract/client.ts';
import { type ConnectionState, connect as connectBySocket } from '../../contract/connection/connect.ts';
import { clientOverPort } from '../../contract/connection/port.ts';
import { type Desktop, PORT_MESSAGE } from '../../contract/desktop.ts';
import { createValue, type Value } from '../state/value.ts';

/** What the window shows of its connection; `signed-out`: Drover answers, but does not know this browser any more. */
export type WindowConnectionState = 'connecting' | ConnectionState | 'signed-out';

export interface WindowConnection {
  readonly client: Client;
  readonly state: Value<WindowConnectionState>;
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
  return { client, state: createValue<WindowConnectionState>('connected'), desktop };
}

function connectByAddress(): WindowConnection {
  const state = createValue<WindowConnectionState>('connecting');
  const { client } = connectBySocket({
    createSocket: () => new WebSocket(new URL('rpc', location.href.replace(/^http/, 'ws'))),
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
  return { client, state, desktop: null };
}
