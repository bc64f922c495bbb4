import { badInput } from '../failure.ts';

/** A key that detaches: the byte that a terminal sends for it, and what newer ways of reporting keys send instead. */
export interface DetachKey {
  byte: number;
  sequences: readonly string[];
  words: string;
}

/** Reads such as `ctrl-]`, `ctrl-q` or `^Q`. */
export function readDetachKey(text: string): DetachKey {
  const [, key] = /^(?:ctrl-|\^)([a-z[\\\]^_])$/i.exec(text) ?? [];
  if (key === undefined || /^[mj[]$/i.test(key)) {
    throw badInput(`“${text}” is not a key that detaches: name one such as ctrl-] or ctrl-q.`);
  }
  const small = key.toLowerCase();
  const code = small.charCodeAt(0);
  return {
    byte: small.toUpperCase().charCodeAt(0) & 0x1f,
    sequences: [`\x1b[${code};5u`, `\x1b[27;5;${code}~`],
    words: `Ctrl-${key.toUpperCase()}`,
  };
}

/** Where the key is in what was typed; -1 when it is not. */
export function findDetachKey(bytes: Uint8Array, key: DetachKey): number {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const places = [String.fromCharCode(key.byte), ...key.sequences].map((one) => text.indexOf(one));
  const found = places.filter((place) => place !== -1);
  return found.length === 0 ? -1 : Math.min(...found);
}
