import type { Paint } from './paint.ts';

/** What printing needs to know of where it prints to. */
export interface View {
  paint: Paint;
  /** Terminal columns; lines of lists are cut to it. Infinity where there is no terminal. */
  columns: number;
  /** Wall clock in milliseconds since 1970, for ages. */
  now: number;
}
