import { type TerminalReply, WINDOW_BYTES } from '../../contract/terminal/line.ts';
import type { TerminalCarrier } from '../core-api.ts';
import type { Snapshot } from './screen.ts';

/** What waits for a client beyond the window; more is dropped, and it catches up by a new screen. */
const MOST_WAITING = 1024 * 1024;

/** Something that happens to a terminal at a place of its output. */
export type Piece = Uint8Array | Exclude<TerminalReply, { type: 'screen' | 'refused' }>;

/** One client of a terminal, with a place in its output of its own: a slow one waits for itself alone. */
export interface Viewer {
  /** Output goes on from `at`; what waits is dropped. */
  show(snapshot: Snapshot, at: number): void;
  push(piece: Piece): void;
  ack(at: number): void;
  /** Wants a new screen, with so many lines of scrollback. */
  wants: { scrollback: number | undefined } | null;
}

interface Options {
  carrier: TerminalCarrier;
  scrollback: number | undefined;
  /** It wants a screen now. */
  behind(): void;
}

export function createViewer({ carrier, scrollback, behind }: Options): Viewer {
  let waiting: Piece[] = [];
  let waitingBytes = 0;
  let sent = 0;
  let acked = 0;
  let hasDropped = false;
  const reply = (message: TerminalReply) => carrier.send(JSON.stringify(message));

  function pump(): void {
    let next = 0;
    for (; next < waiting.length; next += 1) {
      const piece = waiting[next];
      if (!(piece instanceof Uint8Array)) {
        if (piece) reply(piece);
        continue;
      }
      if (sent - acked >= WINDOW_BYTES) break;
      sent += piece.length;
      waitingBytes -= piece.length;
      carrier.send(piece);
    }
    waiting = waiting.slice(next);
  }

  const viewer: Viewer = {
    wants: { scrollback },
    show(snapshot, at) {
      viewer.wants = null;
      hasDropped = false;
      waiting = [];
      waitingBytes = 0;
      sent = at;
      acked = at;
      reply({ type: 'screen', ...snapshot, at });
    },
    push(piece) {
      // Who waits for a screen finds it there.
      if (viewer.wants !== null || hasDropped || (piece instanceof Uint8Array && piece.length === 0)) return;
      waiting.push(piece);
      if (piece instanceof Uint8Array) waitingBytes += piece.length;
      if (waitingBytes > MOST_WAITING) {
        hasDropped = true;
        waiting = [];
        waitingBytes = 0;
      } else pump();
    },
    ack(at) {
      if (!Number.isSafeInteger(at) || at <= acked || at > sent) return;
      acked = at;
      if (hasDropped && acked === sent) {
        viewer.wants = { scrollback: undefined };
        behind();
      } else if (!hasDropped) pump();
    },
  };
  return viewer;
}
