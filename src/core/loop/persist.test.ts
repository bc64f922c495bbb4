import { expect, test } from 'vitest';
import { createPersist } from './persist.ts';

test('what cannot be written is tried again until it is', async () => {
  const persist = createPersist({ firstMs: 1, longestMs: 2 });
  let tries = 0;
  expect(await persist.until(() => ++tries === 4)).toBe(true);
  expect(tries).toBe(4);
});

test('after the end of the host nothing is written any more, and who waits for it is told', async () => {
  const persist = createPersist({ firstMs: 1, longestMs: 1 });
  let closed = false;
  const written: boolean[] = [];
  const waiting = persist.until(() => {
    written.push(closed);
    return false;
  });
  persist.close();
  closed = true;
  expect(await waiting).toBe(false);
  expect(await persist.until(() => written.push(closed) > 0)).toBe(false);
  expect(written).not.toContain(true);
});
