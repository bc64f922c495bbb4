import type { Rectangle } from './place.ts';

const MARGIN = 12;
/** A small window takes at most this part of the height of its screen. */
const HIGHEST_PART = 0.8;

export interface CornerFacts {
  /** The part of the screen that windows may use. */
  workArea: Rectangle;
  /** Where the icon in the tray is; all zeros where the system does not tell. */
  tray: Rectangle;
  /** What the small window would like. */
  size: { width: number; height: number };
}

/**
 * Where a small window near the tray goes: centred at the icon, on the side of the screen where the icon is; in the top
 * right corner where nobody knows the icon.
 */
export function placeInCorner({ workArea, tray, size }: CornerFacts): Rectangle {
  const width = Math.min(size.width, workArea.width - 2 * MARGIN);
  const height = Math.min(Math.ceil(size.height), Math.floor(workArea.height * HIGHEST_PART));
  const right = workArea.x + workArea.width - MARGIN - width;
  const top = workArea.y + MARGIN;
  if (tray.width === 0 || tray.height === 0) return { x: right, y: top, width, height };
  const centred = Math.round(tray.x + tray.width / 2 - width / 2);
  const below = tray.y > workArea.y + workArea.height / 2;
  return {
    x: Math.max(workArea.x + MARGIN, Math.min(centred, right)),
    y: below ? workArea.y + workArea.height - MARGIN - height : top,
    width,
    height,
  };
}

/** Where quick capture goes: in the middle, in the upper third, where people look first. */
export function placeAtTop({ workArea, size }: Omit<CornerFacts, 'tray'>): Rectangle {
  const width = Math.min(size.width, workArea.width - 2 * MARGIN);
  const height = Math.min(Math.ceil(size.height), Math.floor(workArea.height * HIGHEST_PART));
  return {
    x: Math.round(workArea.x + (workArea.width - width) / 2),
    y: Math.round(workArea.y + Math.min(workArea.height / 5, workArea.height - height)),
    width,
    height,
  };
}
