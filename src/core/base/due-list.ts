import type { Clock, Timer } from './clock.ts';

/** A machine that slept wakes with another time of day; so often it is looked at, in milliseconds of awake time. */
const LOOK_MS = 15_000;

/** What is due at a time of day. All of it has one alarm, and none while nothing is due. */
export interface DueList {
  /**
   * Calls `act` once, as soon as the wall clock has come to `at`, milliseconds since 1970, also when the machine has
   * slept in between; what is due first is called first. Returns how to take it back. `act` may not throw. After a sleep
   * it may come `lateMs` late, at least a quarter of a minute: what is far off and may wait wakes the machine no oftener.
   */
  add(at: number, act: () => void, lateMs?: number): () => void;
}

export function createDueList(clock: Clock): DueList {
  const due = new Set<{ at: number; lateMs: number; act(): void }>();
  let alarm: Timer | null = null;

  function set(): void {
    alarm?.cancel();
    alarm = null;
    if (due.size === 0) return;
    const now = clock.now();
    const next = Math.min(...[...due].map(({ at, lateMs }) => Math.min(lateMs, Math.max(0, at - now))));
    alarm = clock.timer(next, look);
  }

  function look(): void {
    const now = clock.now();
    const over = [...due].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
    for (const one of over) due.delete(one);
    set();
    for (const { act } of over) act();
  }

  return {
    add(at, act, lateMs = LOOK_MS) {
      const one = { at, lateMs: Math.max(LOOK_MS, lateMs), act };
      due.add(one);
      set();
      return () => {
        if (due.delete(one)) set();
      };
    },
  };
}
