import { expect, test } from 'vitest';
import { loadXterm } from './xterm.ts';

test('the table of graphemes is read, wherever in shared memory the next buffer would be', async () => {
  // So that the pool of buffers is in use, as in any program that has run for a while.
  expect(Buffer.from('in use').byteOffset + Buffer.from('in use').byteOffset).toBeGreaterThan(0);
  const { poolSize } = Buffer;
  const { UnicodeGraphemesAddon } = await loadXterm();
  expect(new UnicodeGraphemesAddon()).toBeDefined();
  expect(Buffer.poolSize).toBe(poolSize);
});
