import { setTimeout as wait } from 'node:timers/promises';

/** The first answer that is not empty, asked for again and again; for what gives no signal. Throws after a minute. */
export async function until<T>(
  look: () => T | Promise<T>,
  what: string,
  withinMs = 60_000,
): Promise<Exclude<T, undefined | null | false>> {
  const end = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== null && found !== false) return found as Exclude<T, undefined | null | false>;
    if (Date.now() > end) throw new Error(`Waited too long for ${what}.`);
    await wait(25);
  }
}

/**
 * Waits until `check` no longer throws; for what gives no signal. As patient as `until`, because another program may have
 * the processor; in the end it throws what the check has thrown last.
 */
export async function eventually<T>(check: () => T | Promise<T>, withinMs = 60_000): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await wait(25);
  }
}
