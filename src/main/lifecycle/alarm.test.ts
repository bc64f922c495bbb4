import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createAlarm } from './alarm.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

it('fires once at its time, and not in the past', () => {
  const fire = vi.fn();
  const alarm = createAlarm(fire);
  alarm.set(999_999);
  alarm.set(null);
  expect(vi.getTimerCount()).toBe(0);
  alarm.set(1_060_000);
  alarm.set(1_060_000);
  vi.advanceTimersByTime(59_000);
  expect(fire).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  expect(fire).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(10_000_000);
  expect(fire).toHaveBeenCalledOnce();
});

it('fires on time after the machine has slept, and further away than any timer runs', () => {
  const fire = vi.fn();
  const alarm = createAlarm(fire);
  alarm.set(1_060_000);
  // The clock went on, the timer did not.
  vi.setSystemTime(2_000_000);
  alarm.woke();
  vi.advanceTimersByTime(0);
  expect(fire).toHaveBeenCalledOnce();
  alarm.set(2_000_000 + 2 ** 32);
  vi.advanceTimersByTime(2 ** 32 - 1000);
  expect(fire).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(1000);
  expect(fire).toHaveBeenCalledTimes(2);
});
