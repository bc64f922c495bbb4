const BEL = 0x07;
const CAN = 0x18;
const SUB = 0x1a;
const ESC = 0x1b;
const BACKSLASH = 0x5c;

/** What an escape sequence is, by its second byte. */
export interface Sequence {
  /** `csi`: ESC [, `osc`: ESC ], `string`: device control and the like, up to their end; `short`: all others. */
  kind: 'csi' | 'osc' | 'string' | 'short';
  /** Where the next begins; null when it is not whole yet. One that is broken off ends where the other begins. */
  end: number | null;
}

/** Second bytes of the strings that nothing but their end closes: DCS, SOS, PM, APC. */
const STRINGS = new Set([0x50, 0x58, 0x5e, 0x5f]);

/**
 * The escape sequence at `at`, as ECMA-48 and xterm have them. With `inside`, `at` is in the middle of one of that kind.
 */
export function escapeEnd(bytes: Uint8Array, at: number, inside: Sequence['kind'] | null): Sequence {
  if (inside !== null) return { kind: inside, end: endOfString(bytes, at, inside === 'osc') };
  const second = bytes[at + 1];
  if (second === undefined) return { kind: 'short', end: null };
  if (second === 0x5b) return { kind: 'csi', end: endOfCsi(bytes, at + 2) };
  if (second === 0x5d) return { kind: 'osc', end: endOfString(bytes, at + 2, true) };
  if (STRINGS.has(second)) return { kind: 'string', end: endOfString(bytes, at + 2, false) };
  if (second === ESC || second >= 0x80) return { kind: 'short', end: at + 1 };
  let last = at + 1;
  while (isBetween(bytes[last], 0x20, 0x2f)) last += 1;
  if (bytes[last] === undefined) return { kind: 'short', end: null };
  return { kind: 'short', end: bytes[last] === ESC ? last : last + 1 };
}

function endOfCsi(bytes: Uint8Array, from: number): number | null {
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === ESC || byte >= 0x80) return at;
    if (byte === CAN || byte === SUB || isBetween(byte, 0x40, 0x7e)) return at + 1;
  }
  return null;
}

/** By BEL where `bel`, by ESC \, by its 8-bit form in UTF-8, or broken off. */
function endOfString(bytes: Uint8Array, from: number, bel: boolean): number | null {
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === CAN || byte === SUB || (bel && byte === BEL)) return at + 1;
    if (byte === ESC) {
      const next = bytes[at + 1];
      if (next === undefined) return null;
      return next === BACKSLASH ? at + 2 : at;
    }
    if (byte === 0xc2 && bytes[at + 1] === 0x9c) return at + 2;
  }
  return null;
}

function isBetween(byte: number | undefined, least: number, most: number): boolean {
  return byte !== undefined && byte >= least && byte <= most;
}
