const LEAST_MS = 1000;

/** Asks again and again for what changes, never twice at the same time. */
export interface Asker {
  /** Soon: at once where nothing was asked lately, and when the page is seen. */
  ask(): void;
  close(): void;
}

/** `work` is repeated at most once a second, and never takes more than half of the time. It must not reject. */
export function createAsker(work: () => Promise<void>): Asker {
  let busy = false;
  let wanted = false;
  let over = false;
  let nextAt = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function plan(): void {
    if (!wanted || busy || over || timer !== null || document.hidden) return;
    timer = setTimeout(
      () => {
        timer = null;
        void run();
      },
      Math.max(0, nextAt - Date.now()),
    );
  }

  async function run(): Promise<void> {
    busy = true;
    wanted = false;
    const began = Date.now();
    await work();
    busy = false;
    nextAt = Math.max(began + LEAST_MS, Date.now() + (Date.now() - began));
    plan();
  }

  document.addEventListener('visibilitychange', plan);
  return {
    ask() {
      wanted = true;
      plan();
    },
    close() {
      over = true;
      if (timer !== null) clearTimeout(timer);
      document.removeEventListener('visibilitychange', plan);
    },
  };
}
