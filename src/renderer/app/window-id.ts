import { keptKeys, readStored, writeStored } from '../ui/stored.ts';

const ID = 'drover.window';
/** A page that was loaded again gets its lock as soon as the old one is gone. */
const PATIENCE_MS = 1500;

/** Names this window: a reload keeps the name, another window or tab has another one. */
function ownId(): string {
  try {
    const known = sessionStorage.getItem(ID);
    if (known !== null) return known;
    return renew();
  } catch {
    return 'only';
  }
}

function renew(): string {
  const id = crypto.randomUUID().slice(0, 8);
  sessionStorage.setItem(ID, id);
  return id;
}

export interface WindowSlot {
  /** The key of what this window keeps. */
  key(): string;
  /** Finds what a window that is gone has left; `onFound` gets it, and it is this window's from then on. */
  claim(onFound: (text: string) => void, wants: () => boolean): Promise<void>;
}

/**
 * A place in what the browser keeps that belongs to this window only. What a closed or crashed window has left there is
 * found by the next one that opens. A lock, which ends with its window, tells which windows are still there.
 */
export function createWindowSlot(name: string): WindowSlot {
  let id = ownId();
  const prefix = `${name}.`;
  const lockOf = (one: string) => `drover.${name}.${one}`;
  const forever = new Promise<never>(() => {});

  /** Whether this window has the name now; the lock is held until it closes. */
  function hold(): Promise<boolean> {
    return new Promise((resolve) => {
      navigator.locks
        .request(lockOf(id), { signal: AbortSignal.timeout(PATIENCE_MS) }, () => {
          resolve(true);
          return forever;
        })
        .catch(() => resolve(false));
    });
  }

  return {
    key: () => `${prefix}${id}`,
    async claim(onFound, wants) {
      if (!('locks' in navigator)) return;
      // A tab that was copied has the name of the first: it gets one of its own.
      if (!(await hold())) {
        id = renew();
        await hold();
      }
      if (!wants()) return;
      const { held = [] } = await navigator.locks.query();
      const open = new Set(held.map((lock) => lock.name));
      for (const key of keptKeys(prefix)) {
        if (key === `${prefix}${id}` || open.has(lockOf(key.slice(prefix.length)))) continue;
        const text = readStored(key);
        writeStored(key, null);
        if (text === null || !wants()) continue;
        onFound(text);
        return;
      }
    },
  };
}
