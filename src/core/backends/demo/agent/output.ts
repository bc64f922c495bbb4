import { once } from 'node:events';
import type { FromAgent } from './protocol.ts';

/** Writes one line and waits while the reader is behind, so that nothing piles up here. */
export async function emit(message: FromAgent): Promise<void> {
  if (!process.stdout.write(`${JSON.stringify(message)}\n`)) await once(process.stdout, 'drain');
}

/**
 * Writes one text entry of `bytes` letters without ever holding it whole: the line is put together on the wire.
 */
export async function emitHugeText(entryId: string, bytes: number): Promise<void> {
  const marker = '\u0000';
  const message: FromAgent = { type: 'entry', entry: { type: 'text', entryId, text: marker, parent: null } };
  const [before = '', after = ''] = JSON.stringify(message).split('\\u0000');
  const piece = 'x'.repeat(64 * 1024);
  process.stdout.write(before);
  for (let left = bytes; left > 0; left -= piece.length) {
    if (!process.stdout.write(left < piece.length ? piece.slice(0, left) : piece)) await once(process.stdout, 'drain');
  }
  process.stdout.write(`${after}\n`);
}
