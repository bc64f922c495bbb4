import { expect, test } from 'vitest';
import { createSlots } from './slots.ts';

test('at most so many jobs run at once, in their order, and a failing one gives its slot back', async () => {
  const slots = createSlots(3);
  let running = 0;
  let most = 0;
  const order: number[] = [];
  const jobs = Array.from({ length: 20 }, (_, n) =>
    slots.run(async () => {
      running += 1;
      most = Math.max(most, running);
      order.push(n);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      if (n % 4 === 0) throw new Error(`job ${n}`);
      return n;
    }),
  );
  const done = await Promise.allSettled(jobs);
  expect(most).toBe(3);
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(done.filter(({ status }) => status === 'rejected')).toHaveLength(5);
  expect(await slots.run(async () => 'still here')).toBe('still here');
});
