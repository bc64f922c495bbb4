/** Keeps the end of a stream of bytes in bounded memory. */
export interface Tail {
  push(chunk: Buffer): void;
  /** The end as UTF-8, beginning at a whole character. */
  text(): string;
  /** How many bytes were pushed in all. */
  readonly total: number;
}

/** A tail of at most `max` bytes; holds at most twice that and the newest chunk. */
export function createTail(max: number): Tail {
  let chunks: Buffer[] = [];
  let held = 0;
  let total = 0;
  const compact = () => {
    const whole = Buffer.concat(chunks);
    // A copy, so that the large buffer the slice looks into can be freed.
    chunks = [Buffer.from(whole.subarray(Math.max(0, whole.length - max)))];
    held = chunks[0]?.length ?? 0;
  };
  return {
    push(chunk) {
      total += chunk.length;
      const part = chunk.length > max ? chunk.subarray(chunk.length - max) : chunk;
      chunks.push(part);
      held += part.length;
      if (held > 2 * max || chunks.length > 1024) compact();
    },
    text() {
      compact();
      const end = chunks[0] ?? Buffer.alloc(0);
      let start = 0;
      // Only a cut can leave continuation bytes (10xxxxxx) at the front.
      if (total > end.length) while (start < 4 && ((end[start] ?? 0) & 0xc0) === 0x80) start += 1;
      return end.subarray(start).toString('utf8');
    },
    get total() {
      return total;
    },
  };
}
