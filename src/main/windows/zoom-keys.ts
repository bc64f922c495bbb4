/** What is used of a key that was pressed. */
export interface KeyPress {
  type: string;
  key: string;
  code: string;
  control: boolean;
  meta: boolean;
  alt: boolean;
}

const STEP = 0.5;
const LEAST = -3;
const MOST = 5;

/**
 * The zoom level after a key was pressed, 0 being the size of everything else on the desktop; null when it is no key of
 * zooming. Plus is found wherever a keyboard has it, with shift or without, and on the number pad.
 */
export function zoomAfter(level: number, press: KeyPress, isMac: boolean): number | null {
  const { type, key, code, control, meta, alt } = press;
  if (type !== 'keyDown' || alt || control === isMac || meta !== isMac) return null;
  if (key === '0' || code === 'Numpad0') return 0;
  if (key === '+' || key === '=' || code === 'NumpadAdd') return Math.min(level + STEP, MOST);
  if (key === '-' || key === '_' || code === 'NumpadSubtract') return Math.max(level - STEP, LEAST);
  return null;
}
