/** Where time comes from, so that tests can hold it. Milliseconds. */
export interface Clock {
  /** Wall clock, since 1970. For records, never for measuring. */
  now(): number;
  /**
   * Calls `fire` after `ms` of time in which the machine was awake and the timer not paused. A sleep of the machine is
   * seen by the wall clock running ahead of the monotonic one, and does not count.
   */
  timer(ms: number, fire: () => void): Timer;
}

export interface Timer {
  /** Starts over with the full time. */
  restart(): void;
  /** Stands still until `resume`; calls nest. */
  pause(): void;
  resume(): void;
  cancel(): void;
}

/** The clock of this machine. */
export function createClock(): Clock {
  return { now: () => Date.now(), timer: (ms, fire) => createTimer(ms, fire) };
}

/**
 * `process.hrtime` (CLOCK_MONOTONIC) stands still while Linux and macOS sleep, and Node's timers are measured on it, so
 * sleep does not count. On Windows it runs on during sleep; there a timer may fire early after waking.
 */
function createTimer(ms: number, fire: () => void): Timer {
  let left = ms;
  let startedAt = performance.now();
  let paused = 0;
  let done = false;
  let handle: NodeJS.Timeout | null = null;
  const start = () => {
    startedAt = performance.now();
    handle = setTimeout(
      () => {
        done = true;
        fire();
      },
      Math.max(0, left),
    );
    handle.unref();
  };
  const halt = () => {
    if (handle) clearTimeout(handle);
    handle = null;
  };
  start();
  return {
    restart() {
      if (done) return;
      halt();
      left = ms;
      if (paused === 0) start();
    },
    pause() {
      if (done) return;
      paused += 1;
      if (paused > 1) return;
      halt();
      left -= performance.now() - startedAt;
    },
    resume() {
      if (done || paused === 0) return;
      paused -= 1;
      if (paused === 0) start();
    },
    cancel() {
      done = true;
      halt();
    },
  };
}
