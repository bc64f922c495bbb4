import { LONGEST_TIMER_MS } from '../../core/base/longest-timer.ts';

export interface Alarm {
  /** Fires once at a time of the day, in milliseconds since 1970; null takes it back. The past is no time for it. */
  set(at: number | null): void;
  /** Must be called after the machine has slept: timers stood still meanwhile. */
  woke(): void;
  close(): void;
}

export function createAlarm(fire: () => void, now: () => number = Date.now): Alarm {
  let wanted: number | null = null;
  let timer: NodeJS.Timeout | null = null;

  function stop(): void {
    clearTimeout(timer ?? undefined);
    timer = null;
  }

  function wait(): void {
    stop();
    if (wanted === null) return;
    timer = setTimeout(check, Math.min(Math.max(wanted - now(), 0), LONGEST_TIMER_MS));
  }

  function check(): void {
    if (wanted !== null && wanted > now()) {
      wait();
      return;
    }
    wanted = null;
    timer = null;
    fire();
  }

  return {
    set(at) {
      if (at === wanted) return;
      wanted = at !== null && at > now() ? at : null;
      wait();
    },
    woke: wait,
    close: stop,
  };
}
