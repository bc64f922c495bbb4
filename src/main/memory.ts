import ElectronStore from 'electron-store';
import type { Rectangle } from './windows/place.ts';

/** What belongs to this desktop only; everything else is kept by the core. */
interface Remembered {
  board: { place: Rectangle | null; maximized: boolean; zoom: number };
  /** When a person last looked at the board, in milliseconds since 1970. */
  seenAt: number;
  /** Whether the person was told that closing the window does not end Drover. */
  toldOfTray: boolean;
}

export interface Memory {
  get<K extends keyof Remembered>(key: K): Remembered[K];
  set<K extends keyof Remembered>(key: K, value: Remembered[K]): void;
}

const FIRST: Remembered = {
  board: { place: null, maximized: false, zoom: 0 },
  seenAt: 0,
  toldOfTray: false,
};

/** Kept in a file beside the profile of the window; a file that cannot be read counts as empty. */
export function createMemory(): Memory {
  const store = new ElectronStore<Remembered>({ name: 'desktop', defaults: FIRST, clearInvalidConfig: true });
  // Nobody else writes the file, so it is read once.
  const known: Remembered = { ...FIRST, ...store.store };
  return {
    get: (key) => known[key],
    set(key, value) {
      known[key] = value;
      store.store = { ...known };
    },
  };
}
