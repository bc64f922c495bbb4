import { type TerminalReply, WINDOW_BYTES } from '../../contract/terminal/line.ts';
import type { TerminalCarrier } from '../core-api.ts';
import type { Snapshot } from './screen.ts';

/** What waits for a client beyond the window; more is dropped, and it catches up by a new screen. */
const MOST_WAITING = 1024 * 1024;

/** Something that happens to a terminal at a place of its output. */
export type Piece = Uint8Array | Exclude<TerminalReply, { type: 'screen' | 'refused' }>;

/** Lines of scrollback; undefined: as many as fit. */
type Lines = number | undefined;

/** One client of a terminal, with a place in its output of its own: a slow one waits for itself alone. */
export interface Viewer {
  /** Gives it the screen, with its scrollback or without; output goes on from `at`, and what waits is dropped. */
  show(snapshot: Snapshot, at: number, withScrollback: boolean): void;
  push(piece: Piece): void;
  ack(at: number): void;
  /** It asks for so many lines of scrollback; for none, it asks for the screen as it is. */
  again(lines: number): void;
  /** Whether it is to get a screen now. */
  wantsScreen(): boolean;
  /** The lines that it is to get with a screen as soon as they have been read; null when it has what it wants. */
  wantsScrollback(): { lines: Lines } | null;
}

interface Options {
  carrier: TerminalCarrier;
  scrollback: Lines;
  /** It wants a screen or its scrollback now. */
  wants(): void;
}

export function createViewer({ carrier, scrollback, wants }: Options): Viewer {
  let waiting: Piece[] = [];
  let waitingBytes = 0;
  let sent = 0;
  let acked = 0;
  let hasDropped = false;
  /** A screen is to come, in which is what is pushed meanwhile. */
  let isBlank = true;
  let lines: Lines = scrollback;
  let isShort = false;
  /** The client has all lines that the host has, and makes the same of a new size as the host does. */
  let isWhole = false;
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

  function drop(): void {
    waiting = [];
    waitingBytes = 0;
  }

  const isUpToDate = () => !isBlank && !hasDropped && waiting.length === 0 && acked === sent;

  return {
    wantsScreen: () => isBlank,
    wantsScrollback: () => (isShort && isUpToDate() ? { lines } : null),
    show(snapshot, at, withScrollback) {
      isBlank = false;
      hasDropped = false;
      drop();
      sent = at;
      acked = at;
      isWhole = snapshot.scrollback >= snapshot.available;
      isShort = !withScrollback && lines !== 0 && !isWhole;
      reply({ type: 'screen', ...snapshot, at, ...(isShort && { follows: true }) });
    },
    push(piece) {
      // Who waits for a screen finds it there.
      if (isBlank || hasDropped || (piece instanceof Uint8Array && piece.length === 0)) return;
      if (!(piece instanceof Uint8Array) && piece.type === 'resized' && !isWhole) {
        isBlank = true;
        drop();
        return;
      }
      waiting.push(piece);
      if (piece instanceof Uint8Array) waitingBytes += piece.length;
      if (waitingBytes > MOST_WAITING) {
        hasDropped = true;
        drop();
      } else pump();
    },
    ack(at) {
      if (!Number.isSafeInteger(at) || at <= acked || at > sent) return;
      acked = at;
      if (!hasDropped) pump();
      else if (acked === sent) {
        isBlank = true;
        lines = scrollback;
        wants();
      }
      if (isShort && isUpToDate()) wants();
    },
    again(wanted) {
      lines = wanted;
      if (wanted === 0) isBlank = true;
      else isShort = true;
      wants();
    },
  };
}
