import type { Terminal } from '@xterm/headless';
import { rowText } from './row-text.ts';

/** Rows that are read in one go: a few milliseconds. */
const STEP_ROWS = 100;
/** More that came meanwhile would be read in one go at the end. */
const MOST_SINCE = 500;

/** The scrollback of a terminal as text, read in steps between which output goes on. */
export interface Gathering {
  /**
   * Reads some more rows, from the newest to the oldest. Returns whether that was all: then `text` is to be called at
   * once. Null when what was read is no longer there, and another one is to be begun.
   */
  step(): boolean | null;
  /** What brings the lines above an empty screen, with the cursor at its beginning afterwards; at most so many bytes. */
  text(most: number): { text: string; lines: number };
  close(): void;
}

interface Options {
  /** So many lines are wanted. */
  lines: number;
  most: number;
  /** Another number than before: all rows may be others. */
  epoch(): number;
}

/**
 * Begins to gather. Rows above the screen stay as they are; they only move up until they are dropped, which a marker on
 * the newest of them tells. While a program has a screen of its own they do not even move.
 */
export function gather(terminal: Terminal, { lines, most, epoch }: Options): Gathering {
  const { normal, active } = terminal.buffer;
  const began = epoch();
  const isStill = active.type === 'alternate';
  const first = normal.baseY - 1;
  const marker = first < 0 || isStill ? undefined : terminal.registerMarker(-normal.cursorY - 1);
  const cell = normal.getNullCell();
  /** Of the rows above the one with the marker, the newest first. */
  const read: string[] = [];
  let bytes = 0;
  /** The one with the marker, whose end depends on the row below it, which may still change. */
  const edge = () => marker?.line ?? first;
  const textOf = (y: number) => {
    const row = normal.getLine(y);
    if (row === undefined) return '\r\n';
    const next = normal.getLine(y + 1);
    const isLast = y + 1 === normal.baseY;
    return rowText(
      row,
      { isWrapped: next?.isWrapped ?? false, row: isLast ? null : (next ?? null) },
      { rows: terminal.rows, cols: terminal.cols, cell },
    );
  };

  return {
    step() {
      const since = normal.baseY - edge();
      if (began !== epoch() || marker?.isDisposed || since > MOST_SINCE) return null;
      const top = Math.max(0, edge() - Math.max(0, lines - since));
      for (let count = 0; count < STEP_ROWS; count += 1) {
        const y = edge() - read.length - 1;
        if (y < top || bytes > most) return true;
        const text = textOf(y);
        bytes += Buffer.byteLength(text);
        read.push(text);
      }
      return false;
    },
    text(room) {
      const since: string[] = [];
      for (let y = Math.max(0, edge()); y < normal.baseY; y += 1) since.push(textOf(y));
      // The oldest may have been dropped meanwhile.
      const all = [...since.reverse(), ...read.slice(0, Math.max(0, edge()))];
      const below = `${'\n'.repeat(terminal.rows - 1)}\x1b[H`;
      let left = room - below.length;
      const fitting = all.slice(0, lines).findIndex((text) => {
        left -= Buffer.byteLength(text);
        return left < 0;
      });
      const taken = all.slice(0, fitting === -1 ? lines : fitting).reverse();
      if (taken.length === 0) return { text: '', lines: 0 };
      return { text: taken.join('') + below, lines: taken.length };
    },
    close: () => marker?.dispose(),
  };
}
