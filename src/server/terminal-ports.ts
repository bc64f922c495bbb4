import { MAX_INPUT_BYTES } from '../contract/terminal/line.ts';
import { type Core, PERSON } from '../core/core-api.ts';
import type { PortLike } from './rpc-port.ts';

export interface TerminalPorts {
  /** Serves one terminal to a window of the same program. */
  accept(port: PortLike): void;
  close(): void;
}

/** The bytes of terminals over message ports, one for each. */
export function createTerminalPorts(core: Pick<Core, 'terminals'>): TerminalPorts {
  const open = new Set<PortLike>();
  return {
    accept(port) {
      open.add(port);
      const carrier = { send: (message: string | Uint8Array) => port.postMessage(message), close: () => port.close() };
      const line = core.terminals.serve(carrier, PERSON);
      port.on('message', ({ data }) => {
        const isText = typeof data === 'string';
        if ((isText || data instanceof Uint8Array) && data.length <= MAX_INPUT_BYTES) line?.receive(data);
        else port.close();
      });
      port.on('close', () => {
        open.delete(port);
        line?.closed();
      });
      port.start();
    },
    close() {
      for (const port of open) port.close();
      open.clear();
    },
  };
}
