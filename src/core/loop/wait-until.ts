import { atWords } from '../../contract/words/schedule.ts';
import type { DueList } from '../base/due-list.ts';

/**
 * Resolves when the wall clock has come to `at`, milliseconds since 1970, also when the machine has slept in between, or
 * when `signal` aborts.
 */
export function waitUntil(due: DueList, at: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const takeBack = due.add(at, done);
    function done(): void {
      takeBack();
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}

/** When that is, for a person of this machine's time zone: `in a moment`, `at 14:05`, `on 3 December at 14:05`. */
export function whenWords(at: number, now: number): string {
  return at - now < 60_000 ? 'in a moment' : atWords(at, now);
}
