import type { Readable } from 'node:stream';

export interface ReadLinesOptions {
  /** The longest line that is held, in bytes without the line break. Default 64 MiB. */
  maxLineBytes?: number;
  /** A line without its line break (`\n` or `\r\n`). While a returned promise is open nothing more is read. */
  onLine(line: string): void | Promise<void>;
  /** A line was too long: how many bytes it had. Its text is lost. */
  onLongLine?(bytes: number): void;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/**
 * Splits a stream of bytes into lines of UTF-8 text (bytes that are no UTF-8 become U+FFFD). The time is linear in the
 * bytes however the stream is cut, the memory is bounded by `maxLineBytes`. Text after the last line break is a line
 * if there is any. Resolves at the end of the stream; rejects when the stream or `onLine` fails, and then the stream is
 * destroyed.
 */
export async function readLines(stream: Readable, options: ReadLinesOptions): Promise<void> {
  const { maxLineBytes = 64 * 1024 * 1024, onLine, onLongLine } = options;
  // One byte more than the limit may still be the \r of a line break.
  const begun = createGrowingBuffer(maxLineBytes + 1);

  const deliver = (bytes: Buffer, total: number, broken: boolean): void | Promise<void> => {
    const whole = bytes.length === total;
    const line = whole && broken && bytes[total - 1] === RETURN ? bytes.subarray(0, -1) : bytes;
    if (whole && line.length <= maxLineBytes) return onLine(line.toString('utf8'));
    onLongLine?.(total);
  };

  for await (const chunk of stream) {
    const bytes: Buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
      let pending: void | Promise<void>;
      if (begun.total === 0) pending = deliver(bytes.subarray(start, end), end - start, true);
      else {
        begun.push(bytes.subarray(start, end));
        pending = deliver(begun.bytes(), begun.total, true);
        begun.clear();
      }
      if (pending) await pending;
      start = end + 1;
    }
    if (start < bytes.length) begun.push(bytes.subarray(start));
  }
  if (begun.total > 0) await deliver(begun.bytes(), begun.total, false);
}

const FIRST_CAPACITY = 64 * 1024;
/** Room above this is given back after a line. */
const KEPT_CAPACITY = 1024 * 1024;

/** Joins pieces at a cost linear in their bytes, doubling its room; above `max` bytes it keeps only their number. */
function createGrowingBuffer(max: number) {
  let room = Buffer.alloc(0);
  let total = 0;
  return {
    get total() {
      return total;
    },
    /** What was pushed; empty when it was more than `max`. Valid until the next `push` or `clear`. */
    bytes: () => room.subarray(0, total <= max ? total : 0),
    push(piece: Buffer) {
      const before = total;
      total += piece.length;
      if (total > max) room = Buffer.alloc(0);
      else {
        if (total > room.length) {
          const larger = Buffer.allocUnsafeSlow(Math.min(max, Math.max(FIRST_CAPACITY, room.length * 2, total)));
          room.copy(larger, 0, 0, before);
          room = larger;
        }
        piece.copy(room, before);
      }
    },
    clear() {
      total = 0;
      if (room.length > KEPT_CAPACITY) room = Buffer.alloc(0);
    },
  };
}
