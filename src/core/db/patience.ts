import { setTimeout as sleep } from 'node:timers/promises';
import type { Result } from '../../contract/rejection.ts';
import { isLocked, storageResult } from './storage-error.ts';

/**
 * Does `job` again and again while another program has the database locked, for `ms` at most; then its refusal says who
 * has it.
 */
export type Patience = <T>(job: () => Result<T> | Promise<Result<T>>, ms: number) => Promise<Result<T>>;

const LONGEST_PAUSE_MS = 500;

/** `waits` is told, in a sentence, whenever something begins to wait. */
export function createPatience(options: { file: string; againMs: number; waits?(words: string): void }): Patience {
  return async (job, ms) => {
    const until = performance.now() + ms;
    for (let pause = options.againMs, told = false; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
      const done = await storageResult(job, options.file);
      if (done.ok || !isLocked(done.rejection) || performance.now() >= until) return done;
      if (!told) options.waits?.(done.rejection.message);
      told = true;
      await sleep(Math.min(pause, Math.max(1, until - performance.now())));
    }
  };
}
