import type { TerminalWay } from './terminal-way.ts';

/** The part of a WebSocket that is used here: a browser's and the `ws` package's both fit. */
export interface BinarySocket {
  binaryType: string;
  readonly readyState: number;
  send(data: string | Uint8Array): void;
  close(): void;
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
}

const CONNECTING = 0;
const OPEN = 1;

/** The way of a terminal over a WebSocket to `/terminal`. */
export function wayOverSocket(socket: BinarySocket): TerminalWay {
  const waiting: (string | Uint8Array)[] = [];
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('open', () => {
    for (const message of waiting.splice(0)) socket.send(message);
  });
  return {
    send(message) {
      if (socket.readyState === OPEN) socket.send(message);
      else if (socket.readyState === CONNECTING) waiting.push(message);
    },
    close: () => socket.close(),
    listen({ message, closed }) {
      socket.addEventListener('message', ({ data }) =>
        message(typeof data === 'string' ? data : new Uint8Array(data as ArrayBuffer)),
      );
      socket.addEventListener('close', closed);
      // The close that follows says all that is needed.
      socket.addEventListener('error', () => {});
    },
  };
}
