/** The window of the pop-up, as far as it matters when it comes and goes. */
export interface PopUpWindow {
  show(options: { focus: boolean }): void;
  hide(): void;
  isVisible(): boolean;
  warmUp(): void;
  coolDown(): void;
}

export interface PopUpOptions {
  window: PopUpWindow;
  /** Whether nobody wants to be disturbed by this approval now. */
  isQuiet(approvalId: string): boolean;
  /** Whether the person has the board before them, which shows what waits. */
  isWatching(): boolean;
  /** Whether something runs that may ask. */
  mayBeNeeded(): boolean;
  /** How long a task runs before the window is made for the case that it asks, in milliseconds. */
  warmUpMs?: number;
  /** How long nothing runs before the memory of the window is given back, in milliseconds. */
  coolDownMs?: number;
}

export interface PopUp {
  /** Must be told the ids of all approvals that wait, whenever they or the quiet time change. */
  changed(waiting: readonly string[]): void;
  /** Must be told when the person looks at the board or away from it. */
  looked(): void;
  /** Must be told when tasks have changed. */
  tasksChanged(): void;
  /** The person does not want to answer now: it comes back only for another approval. */
  putAside(): void;
  /** The person wants to answer now: it comes back and takes the keyboard. False when nothing waits. */
  summon(): boolean;
  close(): void;
}

/** Decides when the pop-up comes, without the keyboard, and when it goes. */
export function createPopUp(options: PopUpOptions): PopUp {
  const { window } = options;
  let waiting: readonly string[] = [];
  let aside = new Set<string>();
  let timer: { for: 'warm' | 'cool'; handle: NodeJS.Timeout } | null = null;

  function later(what: 'warm' | 'cool', ms: number, act: () => void): void {
    if (timer?.for === what) return;
    clearTimeout(timer?.handle);
    const handle = setTimeout(() => {
      timer = null;
      act();
    }, ms);
    timer = { for: what, handle };
  }

  function changed(now: readonly string[]): void {
    waiting = now;
    aside = new Set(now.filter((id) => aside.has(id)));
    if (waiting.length === 0) window.hide();
    else if (window.isVisible() || options.isWatching()) return;
    else if (waiting.some((id) => !aside.has(id) && !options.isQuiet(id))) window.show({ focus: false });
  }

  return {
    changed,
    looked() {
      if (!options.isWatching()) changed(waiting);
      else if (window.isVisible()) window.hide();
    },
    tasksChanged() {
      if (waiting.length > 0 || options.mayBeNeeded()) later('warm', options.warmUpMs ?? 1500, window.warmUp);
      else later('cool', options.coolDownMs ?? 5 * 60_000, window.coolDown);
    },
    putAside() {
      aside = new Set(waiting);
      window.hide();
    },
    summon() {
      if (waiting.length === 0) return false;
      aside = new Set();
      window.show({ focus: true });
      return true;
    },
    close() {
      clearTimeout(timer?.handle);
    },
  };
}
