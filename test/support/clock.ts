import type { Clock, Timer } from '../../src/core/base/clock.ts';

/** A clock that stands still until it is told how much time has passed. */
export interface ManualClock extends Clock {
  advance(ms: number): void;
}

interface Running {
  left: number;
  paused: number;
  done: boolean;
  fire(): void;
}

export function createManualClock(): ManualClock {
  let now = 0;
  const timers = new Set<Running>();
  return {
    now: () => now,
    timer(ms, fire): Timer {
      const timer: Running = { left: ms, paused: 0, done: false, fire };
      timers.add(timer);
      return {
        restart() {
          if (!timer.done) timer.left = ms;
        },
        pause() {
          timer.paused += 1;
        },
        resume() {
          timer.paused = Math.max(0, timer.paused - 1);
        },
        cancel() {
          timer.done = true;
          timers.delete(timer);
        },
      };
    },
    advance(ms) {
      now += ms;
      for (const timer of [...timers]) {
        if (timer.done || timer.paused > 0) continue;
        timer.left -= ms;
        if (timer.left > 0) continue;
        timer.done = true;
        timers.delete(timer);
        timer.fire();
      }
    },
  };
}
