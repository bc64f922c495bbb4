import { LONGEST_TIMER_MS } from '../../core/base/longest-timer.ts';

export interface ReminderOptions {
  /** After how long, in milliseconds; 0 for never. */
  afterMs(): number;
  /** How long it is still quiet, in milliseconds; 0 when it is not. */
  quietMs(): number;
  /** Says how many things still wait. */
  remind(count: number): void;
}

export interface Reminder {
  /** Must be told the ids of everything that waits for a person, whenever that or a setting changes. */
  changed(waiting: readonly string[]): void;
  close(): void;
}

/**
 * Reminds once of each thing that has waited for a while. There is one timer, and only while something waits that nobody
 * was reminded of.
 */
export function createReminder({ afterMs, quietMs, remind }: ReminderOptions): Reminder {
  let waiting: readonly string[] = [];
  let told = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let timerMs = 0;

  const stop = () => {
    clearTimeout(timer ?? undefined);
    timer = null;
  };
  const wait = (ms: number) => {
    timer = setTimeout(fire, Math.min(ms, LONGEST_TIMER_MS));
    // Something that waits keeps no program alive.
    timer.unref?.();
  };

  function fire(): void {
    timer = null;
    const quiet = quietMs();
    if (quiet > 0) {
      wait(quiet);
      return;
    }
    told = new Set(waiting);
    remind(waiting.length);
  }

  return {
    changed(now) {
      waiting = now;
      told = new Set(now.filter((id) => told.has(id)));
      const ms = afterMs();
      const isDue = ms > 0 && now.some((id) => !told.has(id));
      if (!isDue || ms !== timerMs) stop();
      timerMs = ms;
      if (isDue && timer === null) wait(ms);
    },
    close: stop,
  };
}
