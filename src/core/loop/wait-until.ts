import type { Clock } from '../base/clock.ts';

/** A machine that slept wakes with another time of day; so often it is looked at, in milliseconds of awake time. */
const LOOK_MS = 15_000;

/**
 * Resolves when the wall clock has come to `at`, milliseconds since 1970, also when the machine has slept in between, or
 * when `signal` aborts.
 */
export function waitUntil(clock: Clock, at: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let timer = clock.timer(Math.min(LOOK_MS, Math.max(0, at - clock.now())), look);
    function look(): void {
      const left = at - clock.now();
      if (left <= 0) done();
      else timer = clock.timer(Math.min(LOOK_MS, left), look);
    }
    function done(): void {
      timer.cancel();
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}

/** When that is, for a person of this machine's time zone: `in a moment`, `at 14:05`, `on 3 December at 14:05`. */
export function whenWords(at: number, now: number): string {
  if (at - now < 60_000) return 'in a moment';
  const then = new Date(at);
  const time = `${String(then.getHours()).padStart(2, '0')}:${String(then.getMinutes()).padStart(2, '0')}`;
  if (then.toDateString() === new Date(now).toDateString()) return `at ${time}`;
  return `on ${then.getDate()} ${then.toLocaleString('en-GB', { month: 'long' })} at ${time}`;
}
