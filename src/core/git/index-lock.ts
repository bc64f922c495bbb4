import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ifThere } from '../base/if-there.ts';

const AGAIN_MS = 100;

/** Waits at most `ms` until no git holds the index of a git folder; gives the lock that is left, or null. */
export async function indexLock(gitDir: string, ms: number): Promise<string | null> {
  const lock = join(gitDir, 'index.lock');
  const until = Date.now() + ms;
  while ((await ifThere(lstat(lock))) !== null) {
    if (Date.now() >= until) return lock;
    await wait(AGAIN_MS);
  }
  return null;
}
