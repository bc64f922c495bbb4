/** Thrown through the loop when the run is to stop. */
export class Stopped extends Error {}

/** What a run waits for. */
export interface Waits {
  /** The answer of `work`; rejects with `Stopped` at once when the run is to stop, whatever becomes of the work. */
  orStopped<T>(work: Promise<T>): Promise<T>;
  /** Resolves when everything that was waited for has come to its end, after `ms` at most. Never rejects. */
  allOver(ms: number): Promise<void>;
}

export function createWaits(halt: AbortSignal): Waits {
  const going = new Set<Promise<unknown>>();

  return {
    orStopped(work) {
      going.add(work);
      return new Promise((resolve, reject) => {
        const stop = () => reject(new Stopped());
        if (halt.aborted) stop();
        halt.addEventListener('abort', stop, { once: true });
        work.then(resolve, reject).finally(() => {
          halt.removeEventListener('abort', stop);
          going.delete(work);
        });
      });
    },
    async allOver(ms) {
      if (going.size === 0) return;
      let timer: NodeJS.Timeout | undefined;
      const enough = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms);
      });
      await Promise.race([Promise.allSettled([...going]), enough]);
      clearTimeout(timer);
    },
  };
}
