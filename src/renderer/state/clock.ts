/** The time, renewed for everyone who listens. */
export interface Clock {
  /** Milliseconds since 1970. */
  get(): number;
  subscribe(listener: () => void): () => void;
}

/**
 * One timer for all listeners, `everyMs` apart. There is none while nobody listens or the page is not shown; when it is
 * shown again, the time is renewed at once.
 */
export function createClock(everyMs: number): Clock {
  const listeners = new Set<() => void>();
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | null = null;

  function tick(): void {
    now = Date.now();
    for (const listener of listeners) listener();
  }

  function follow(): void {
    const wanted = listeners.size > 0 && !document.hidden;
    if (wanted && timer === null) {
      timer = setInterval(tick, everyMs);
      if (Date.now() - now >= everyMs) tick();
    } else if (!wanted && timer !== null) {
      clearInterval(timer);
      timer = null;
    }
  }

  return {
    get() {
      if (timer === null && Date.now() - now >= everyMs) now = Date.now();
      return now;
    },
    subscribe(listener) {
      if (listeners.size === 0) document.addEventListener('visibilitychange', follow);
      listeners.add(listener);
      follow();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) document.removeEventListener('visibilitychange', follow);
        follow();
      };
    },
  };
}
