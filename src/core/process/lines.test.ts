import { PassThrough, Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLines } from './lines.ts';

const take = async (chunks: Iterable<Buffer>, maxLineBytes?: number) => {
  const lines: string[] = [];
  const long: number[] = [];
  await readLines(Readable.from(chunks, { objectMode: true }), {
    maxLineBytes,
    onLine: (line) => void lines.push(line),
    onLongLine: (bytes) => void long.push(bytes),
  });
  return { lines, long };
};

/** Cuts bytes at the given places, inside characters too. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const sorted = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return sorted.slice(1).map((end, index) => bytes.subarray(sorted[index], end));
}

const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map((line) => line.replace(/[\r\n]/g, '.'));

describe('readLines', () => {
  test('gives the same lines however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(text),
        fc.array(fc.nat()),
        fc.constantFrom('\n', '\r\n'),
        async (lines, places, end) => {
          const bytes = Buffer.from(lines.map((line) => line + end).join(''));
          expect(await take(cut(bytes, places))).toEqual({ lines, long: [] });
        },
      ),
    );
  });

  test('gives text after the last line break as a line, its \\r included', async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat()), async (last, places) => {
        const bytes = Buffer.from(`one\n${last}\r`);
        expect((await take(cut(bytes, places))).lines).toEqual(['one', `${last}\r`]);
      }),
    );
  });

  test('drops and reports exactly the lines over the limit', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(20), { maxLength: 20 }),
        fc.array(fc.nat()),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom('\n', '\r\n'),
        async (lengths, places, limit, end) => {
          const bytes = Buffer.from(lengths.map((length) => 'x'.repeat(length) + end).join(''));
          const { lines, long } = await take(cut(bytes, places), limit);
          expect(lines.map((line) => line.length)).toEqual(lengths.filter((length) => length <= limit));
          const extra = end.length - 1;
          expect(long).toEqual(lengths.filter((length) => length > limit).map((length) => length + extra));
        },
      ),
    );
  });

  test('turns bytes that are no UTF-8 into replacement characters', async () => {
    expect((await take([Buffer.from([0x61, 0xff, 0x0a])])).lines).toEqual(['a�']);
  });

  test('reads one line of 50 MB in chunks of 1 KB in linear time', async () => {
    const chunk = Buffer.alloc(1024, 0x61);
    const run = async (chunks: number) => {
      function* source() {
        for (let i = 0; i < chunks; i += 1) yield chunk;
        yield Buffer.from('\nlast\n');
      }
      const before = performance.now();
      const { lines } = await take(source());
      expect(lines.map((line) => line.length)).toEqual([chunks * 1024, 4]);
      return performance.now() - before;
    };
    await run(1000);
    const small = await run(5 * 1024);
    const large = await run(50 * 1024);
    expect(large).toBeLessThan(Math.max(small, 20) * 40);
  });

  test('holds nothing of a line over the limit', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 0x61);
    function* source() {
      for (let i = 0; i < 300; i += 1) yield chunk;
      yield Buffer.from('\nok\n');
    }
    const before = process.memoryUsage().rss;
    let peak = 0;
    const lines: string[] = [];
    await readLines(
      Readable.from(source(), { objectMode: true }).on('data', () => {
        peak = Math.max(peak, process.memoryUsage().rss);
      }),
      { maxLineBytes: 8 * 1024 * 1024, onLine: (line) => void lines.push(line) },
    );
    expect(lines).toEqual(['ok']);
    expect(peak - before).toBeLessThan(100 * 1024 * 1024);
  });

  test('reads no further while onLine waits', async () => {
    const stream = new PassThrough({ highWaterMark: 1024 });
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const seen: string[] = [];
    let first = () => {};
    const began = new Promise<void>((resolve) => {
      first = resolve;
    });
    const done = readLines(stream, {
      onLine: async (line) => {
        seen.push(line);
        first();
        if (line === '1') await gate;
      },
    });
    stream.write('1\n');
    await began;
    for (let i = 0; i < 100; i += 1) stream.write(`${'x'.repeat(100)}\n`);
    expect(stream.writableNeedDrain).toBe(true);
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual(['1']);
    open();
    stream.end();
    await done;
    expect(seen).toHaveLength(101);
  });

  test('rejects when onLine fails', async () => {
    const stream = Readable.from([Buffer.from('a\nb\n')]);
    await expect(
      readLines(stream, {
        onLine: () => {
          throw new Error('no');
        },
      }),
    ).rejects.toThrow('no');
    expect(stream.destroyed).toBe(true);
  });
});
