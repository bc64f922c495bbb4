/**
 * What a bench sees from inside the page, without the window knowing of it. `installProbe` runs in the page before any
 * of its scripts, so it must not use anything outside itself. Installed again, it does nothing.
 */
export interface Probe {
  /** When the last page of the list of tasks arrived on the WebSocket, by `performance.now()`; NaN before that. */
  lastPageAt(): number;
  /** When a card was last clicked, by `performance.now()`. */
  clickedAt(): number;
  /** The first time something is on the screen: by `performance.now()`, and in milliseconds since 1970. */
  painted(what: Sight): Promise<{ at: number; date: number }>;
  /** Begins to look at every frame. */
  watchFrames(): void;
  /** Ends it, and tells what was seen. */
  frames(): Frames;
  /** How often React has changed the page so far. */
  commits(): number;
  /** Begins to read the times that an agent writes into its text. */
  watchTimes(): void;
  /** Milliseconds from when an agent wrote a time to when the page held it. */
  ages(): number[];
  /** Timers of the page that have rung so far: after so many milliseconds each. */
  rung(): number[];
  /** Begins to hear how long it takes from a key or a click to the next frame that is painted. */
  watchInputs(): void;
  /** One for each key or click that took at least 16 ms (the Event Timing API, which rounds to 8). */
  inputs(): Input[];
}

/** A board whose columns hold so many tasks in all; an entry of a conversation; the whole of a question with this text. */
export type Sight = { tasks: number } | { entry: string } | { question: string };

export interface Frames {
  /** Milliseconds from one frame to the next. */
  gaps: number[];
  /** How often React changed the page between two frames. */
  commits: number[];
  /** Frames in which the middle of the column was empty. */
  blank: number;
}

export interface Input {
  /** The event that took longest, and what it was about. */
  type: string;
  ms: number;
}

declare global {
  var benchProbe: Probe;
}

export function installProbe(): void {
  if ('benchProbe' in globalThis) return;
  let lastPageAt = Number.NaN;
  let clickedAt = Number.NaN;
  let commits = 0;
  let watching: { gaps: number[]; commits: number[]; blank: number; before: number; until: number } | null = null;
  let ages: number[] = [];
  let newest = 0;
  const rung: number[] = [];
  const inputs = new Map<number, Input>();

  // The library tells every change of the page to tools for developers.
  Object.assign(window, {
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      supportsFiber: true,
      renderers: new Map(),
      inject: () => 1,
      checkDCE() {},
      onCommitFiberUnmount() {},
      onPostCommitFiberRoot() {},
      onCommitFiberRoot() {
        commits += 1;
      },
    },
  });

  const PlainSocket = window.WebSocket;
  window.WebSocket = class extends PlainSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', ({ data }) => {
        const at = performance.now();
        const isLast = (text: string) => {
          if (text.includes('"nextCursor":null') && text.includes('"tasks":[')) lastPageAt = at;
        };
        if (typeof data === 'string') isLast(data);
        else if (data instanceof Blob) void data.text().then(isLast);
        else isLast(new TextDecoder().decode(data));
      });
    }
  };

  const plainTimeout = window.setTimeout;
  const plainInterval = window.setInterval;
  const ringing = (handler: TimerHandler, ms: number | undefined) =>
    typeof handler !== 'function'
      ? handler
      : (...given: unknown[]) => {
          rung.push(ms ?? 0);
          handler(...given);
        };
  Object.assign(window, {
    setTimeout: (handler: TimerHandler, ms?: number, ...given: unknown[]) =>
      plainTimeout(ringing(handler, ms), ms, ...given),
    setInterval: (handler: TimerHandler, ms?: number, ...given: unknown[]) =>
      plainInterval(ringing(handler, ms), ms, ...given),
  });

  document.addEventListener(
    'click',
    (event) => {
      if (event.isTrusted) clickedAt = event.timeStamp;
    },
    true,
  );

  function isThere(what: Sight): boolean {
    if ('tasks' in what) {
      let count = 0;
      for (const column of document.querySelectorAll('section[aria-label]')) {
        count += Number(/^[A-Z][a-z ]+: (\d+)$/.exec(column.getAttribute('aria-label') ?? '')?.[1] ?? 0);
      }
      return count === what.tasks && document.querySelector('[data-task]') !== null;
    }
    if ('entry' in what) {
      const rows = document.querySelectorAll('section[aria-label="Entries"] [data-index]');
      return [...rows].some((row) => row.textContent?.includes(what.entry));
    }
    const main = document.querySelector('main');
    if (!main?.textContent?.includes(what.question)) return false;
    // The window grows with its page; half a pixel is lost in between.
    return main.getBoundingClientRect().bottom <= window.innerHeight + 1;
  }

  const probe: Probe = {
    lastPageAt: () => lastPageAt,
    clickedAt: () => clickedAt,
    painted: (what) =>
      new Promise((done) => {
        const look = () => {
          if (document.hidden || !isThere(what)) return false;
          looking.disconnect();
          document.removeEventListener('visibilitychange', look);
          window.removeEventListener('resize', look);
          // The frame that shows it is done when the first message after its beginning is heard.
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => done({ at: performance.now(), date: Date.now() });
            port2.postMessage(null);
          });
          return true;
        };
        const looking = new MutationObserver(look);
        if (look()) return;
        document.addEventListener('visibilitychange', look);
        window.addEventListener('resize', look);
        looking.observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
      }),
    watchFrames() {
      const mine = { gaps: [], commits: [], blank: 0, before: Number.NaN, until: commits };
      watching = mine;
      const column = [...document.querySelectorAll('section[aria-label]')].find((one) =>
        one.querySelector('[data-task]'),
      );
      const { left, top, width, height } = column?.getBoundingClientRect() ?? new DOMRect();
      const frame = (at: number) => {
        if (watching !== mine) return;
        if (!Number.isNaN(mine.before)) {
          (mine.gaps as number[]).push(at - mine.before);
          (mine.commits as number[]).push(commits - mine.until);
        }
        mine.before = at;
        mine.until = commits;
        if (!document.elementFromPoint(left + width / 2, top + height / 2)?.closest('[data-index]')) mine.blank += 1;
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    },
    frames() {
      const { gaps, commits, blank } = watching ?? { gaps: [], commits: [], blank: 0 };
      watching = null;
      return { gaps, commits, blank };
    },
    commits: () => commits,
    watchTimes() {
      ages = [];
      newest = Date.now();
      const entries = document.querySelector('section[aria-label="Entries"]');
      if (!entries) throw new Error('No conversation is shown.');
      new MutationObserver(() => {
        const now = Date.now();
        const rows = [...entries.querySelectorAll('[data-index]')].slice(-2);
        for (const row of rows) {
          for (const [written] of (row.textContent ?? '').slice(-600).matchAll(/\b\d{13}\b/g)) {
            if (Number(written) <= newest) continue;
            newest = Number(written);
            ages.push(now - newest);
          }
        }
      }).observe(entries, { childList: true, subtree: true, characterData: true });
    },
    ages: () => ages,
    rung: () => rung,
    watchInputs() {
      inputs.clear();
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as PerformanceEventTiming[]) {
          const {
            interactionId = 0,
            name,
            duration,
            target,
          } = entry as PerformanceEventTiming & { interactionId?: number };
          // What belongs to no key or click, such as a pointer that moves.
          if (interactionId === 0 || (inputs.get(interactionId)?.ms ?? 0) >= duration) continue;
          const place =
            target instanceof Element ? (target.closest('[aria-label]')?.getAttribute('aria-label') ?? '') : '';
          inputs.set(interactionId, { type: `${name} in ${place}`, ms: duration });
        }
      }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
    },
    inputs: () => [...inputs.values()],
  };
  globalThis.benchProbe = probe;
}
