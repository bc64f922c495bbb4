import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Rectangle } from './windows/place.ts';

/** What belongs to this desktop only; everything else is kept by the core. */
export interface DesktopValues {
  board: { place: Rectangle | null; maximized: boolean; zoom: number };
  /** When a person last looked at the board, in milliseconds since 1970. */
  seenAt: number;
  /** Whether the person was told that closing the window does not end Drover. */
  toldOfTray: boolean;
}

export interface DesktopState {
  get<K extends keyof DesktopValues>(key: K): DesktopValues[K];
  set<K extends keyof DesktopValues>(key: K, value: DesktopValues[K]): void;
  /** Whatever is set from now on, and has been set so far, is written down. */
  keepIn(store: { store: DesktopValues }): void;
}

/** The file, beside the profile of the window, is this and `.json`. */
export const DESKTOP_STATE_NAME = 'desktop';

export const FIRST_VALUES: Readonly<DesktopValues> = {
  board: { place: null, maximized: false, zoom: 0 },
  seenAt: 0,
  toldOfTray: false,
};

/**
 * What is kept in `folder`; a file that cannot be read counts as empty. The window is made from it before the library
 * that writes it has been read. Nobody else writes the file, so it is read once.
 */
export function readDesktopState(folder: string): DesktopState {
  const known = { ...FIRST_VALUES, ...readValues(path.join(folder, `${DESKTOP_STATE_NAME}.json`)) };
  let kept: { store: DesktopValues } | null = null;
  let isNew = false;
  const write = () => {
    if (kept === null) isNew = true;
    else kept.store = { ...known };
  };
  return {
    get: (key) => known[key],
    set(key, value) {
      known[key] = value;
      write();
    },
    keepIn(store) {
      kept = store;
      if (isNew) write();
    },
  };
}

function readValues(file: string): Partial<DesktopValues> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<DesktopValues>;
  } catch {
    return {};
  }
}
