import type { Clock, Timer } from './clock.ts';

/** A machine that slept wakes with another time of day; so often it is looked at, in milliseconds of awake time. */
const LOOK_MS = 15_000;

/** What is due at a time of day. All of it has one alarm, and none while nothing is due. */
export interface DueList {
  /**
   * Calls `act` once, as soon as the wall clock has come to `at`, milliseconds since 1970, also when the machine has
   * slept in between; what is due first is called first. Returns how to take it back. `act` may not throw.
   */
  add(at: number, act: () => void): () => void;
}

export function createDueList(clock: Clock): DueList {
  const due = new Set<{ at: number; act(): void }>();
  let alarm: Timer | null = null;

  function set(): void {
    alarm?.cancel();
    alarm = null;
    if (due.size === 0) return;
    const first = Math.min(...[...due].map(({ at }) => at));
    alarm = clock.timer(Math.min(LOOK_MS, Math.max(0, first - clock.now())), look);
  }

  function look(): void {
    const now = clock.now();
    const over = [...due].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
    for (const one of over) due.delete(one);
    set();
    for (const { act } of over) act();
  }

  return {
    add(at, act) {
      const one = { at, act };
      due.add(one);
      set();
      return () => {
        if (due.delete(one)) set();
      };
    },
  };
}
