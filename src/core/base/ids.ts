import { randomInt } from 'node:crypto';

const SYMBOLS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** A letter for the kind and 8 characters from a secure source (36^8, about 2.8 million million, values). */
export function createId(letter: string): string {
  let id = letter;
  for (let i = 0; i < 8; i += 1) id += SYMBOLS[randomInt(SYMBOLS.length)];
  return id;
}
