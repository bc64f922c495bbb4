/** A size in characters. */
export interface TerminalSize {
  cols: number;
  rows: number;
}

/** What a screen may measure: less breaks programs, more costs memory for nothing. */
const SMALLEST: TerminalSize = { cols: 2, rows: 1 };
const LARGEST: TerminalSize = { cols: 1000, rows: 500 };

/** The nearest size that a terminal may have; what is no number counts as the smallest. */
export function clampSize({ cols, rows }: TerminalSize): TerminalSize {
  return { cols: clamp(cols, SMALLEST.cols, LARGEST.cols), rows: clamp(rows, SMALLEST.rows, LARGEST.rows) };
}

function clamp(value: number, least: number, most: number): number {
  const whole = Math.trunc(value);
  return Number.isNaN(whole) ? least : Math.min(most, Math.max(least, whole));
}
