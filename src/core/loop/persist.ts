/** Writes that must come to be, also when there is no room for them now. */
export interface Persist {
  /**
   * Calls `write` until it returns true: at once, then after a moment, then after longer ones. Resolves with false when
   * the host closed first.
   */
  until(write: () => boolean): Promise<boolean>;
  /** Writes no more. */
  close(): void;
}

/** Each wait is twice the one before, from `firstMs` to `longestMs`. */
export function createPersist({ firstMs, longestMs }: { firstMs: number; longestMs: number }): Persist {
  const waiting = new Map<NodeJS.Timeout, () => void>();
  let closed = false;

  return {
    until(write) {
      return new Promise((resolve) => {
        const attempt = (ms: number) => {
          if (closed) return resolve(false);
          if (write()) return resolve(true);
          const timer = setTimeout(() => {
            waiting.delete(timer);
            attempt(Math.min(longestMs, ms * 2));
          }, ms);
          timer.unref();
          waiting.set(timer, () => resolve(false));
        };
        attempt(firstMs);
      });
    },
    close() {
      closed = true;
      for (const [timer, giveUp] of waiting) {
        clearTimeout(timer);
        giveUp();
      }
      waiting.clear();
    },
  };
}
