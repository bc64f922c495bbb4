import { escapeEnd, type Sequence } from './escape-end.ts';
import { forWhom } from './for-whom.ts';

/** A sequence that is longer than this is nothing that a screen needs, such as a picture: it is left out. */
const LONGEST_SEQUENCE = 64 * 1024;

const ESC = 0x1b;
const ENQ = 0x05;
/** First byte of the 8-bit controls (U+0080 to U+009F) in UTF-8, which some terminals take for escape sequences. */
const C1_LEAD = 0xc2;

/** Output in whole characters and whole sequences: what the screen of the host gets, and what clients get of it. */
export interface Sifted {
  screen: Uint8Array;
  clients: Uint8Array;
}

export interface Sifter {
  /** Takes the next bytes of a program. What is not whole yet is held back until the rest comes. */
  push(bytes: Uint8Array): Sifted;
}

/**
 * Cuts the output of a program so that a client can begin between any two pieces. What asks the terminal for an answer
 * goes to the screen of the host alone, so that there is one answer; what reaches for the clipboard, files or the window
 * of whoever looks (OSC 52 and the like), device control strings and 8-bit controls go to nobody.
 */
export function createSifter(): Sifter {
  let held: Buffer = Buffer.alloc(0);
  /** Inside a sequence that is too long: everything up to its end is dropped. */
  let dropping: Sequence['kind'] | null = null;

  return {
    push(bytes) {
      let all = asBuffer(bytes);
      if (held.length > 0) all = Buffer.concat([held, all]);
      held = Buffer.alloc(0);
      const screen = createPieces(all);
      const clients = createPieces(all);
      const leaveOut = (from: number, to: number) => {
        screen.leaveOut(from, to);
        clients.leaveOut(from, to);
      };
      let at = 0;
      let end = all.length;
      while (at < all.length) {
        if (dropping !== null) {
          const { end: over } = escapeEnd(all, at, dropping);
          leaveOut(at, over ?? all.length);
          // A lone ESC may be the first half of the end.
          if (over === null && all[all.length - 1] === ESC) held = Buffer.from([ESC]);
          if (over !== null) dropping = null;
          at = over ?? all.length;
          continue;
        }
        const byte = all[at];
        if (byte === ESC) {
          const found = escapeEnd(all, at, null);
          if (found.end === null) {
            if (all.length - at > LONGEST_SEQUENCE) {
              leaveOut(at, all.length);
              dropping = found.kind;
            } else {
              end = at;
            }
            break;
          }
          // An ESC that another one follows means nothing, and would not if a client began between the two.
          const isBroken = found.end === at + 1;
          const use = isBroken ? 'nobody' : forWhom(all.subarray(at, found.end), found.kind);
          if (use === 'nobody') leaveOut(at, found.end);
          else if (use === 'host') clients.leaveOut(at, found.end);
          at = found.end;
        } else if (byte === ENQ) {
          leaveOut(at, at + 1);
          at += 1;
        } else if (byte === C1_LEAD) {
          const next = all[at + 1];
          if (next !== undefined && next >= 0x80 && next <= 0x9f) leaveOut(at, at + 2);
          at += 2;
        } else at += 1;
      }
      if (end === all.length && dropping === null) end = wholeCharacters(all);
      if (end < all.length && dropping === null) held = Buffer.from(all.subarray(end));
      return { screen: screen.upTo(end), clients: clients.upTo(end) };
    },
  };
}

/** The parts of a buffer that are left when others are left out; the buffer itself when none is. */
function createPieces(all: Buffer) {
  const pieces: Buffer[] = [];
  let from = 0;
  return {
    leaveOut(start: number, end: number) {
      if (start > from) pieces.push(all.subarray(from, start));
      from = end;
    },
    upTo(end: number): Uint8Array {
      if (end > from) pieces.push(all.subarray(from, end));
      return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
    },
  };
}

/** Where the last whole UTF-8 character ends; what cannot become one by more bytes counts as whole. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needed > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
