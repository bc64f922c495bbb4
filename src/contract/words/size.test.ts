import { expect, test } from 'vitest';
import { readSize, writeSize } from './size.ts';

test.each([
  ['4 GB', 4e9],
  ['512M', 512e6],
  ['1.5gb', 1.5e9],
  ['1,5 TB', 1.5e12],
  ['2 GiB', 2 * 1024 ** 3],
  ['800 kB', 800_000],
  ['900 b', 900],
])('%s is read', (text, bytes) => {
  expect(readSize(text)).toBe(bytes);
});

test.each(['', '4', 'GB', '4 GX', '-1 GB', '4 GB of it', '99999999 TB'])('“%s” is no size', (text) => {
  expect(readSize(text)).toBeNull();
});

test('what is written can be read again, to the byte', () => {
  for (const bytes of [1, 999, 1000, 4e9, 1.5e9, 2 * 1024 ** 3, 123_456_789, 1e15])
    expect(readSize(writeSize(bytes))).toBe(bytes);
  expect(writeSize(4e9)).toBe('4 GB');
});
