/** In the pixels of the desktop, from the top left of the first screen. */
export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Less than this of a window's top edge on a screen cannot be grasped. */
const GRASPABLE = { width: 120, height: 24 };

/**
 * Where to put a window that was at `wanted` when it was last seen: there, if its top can be grasped on one of the
 * screens, else in the middle of the first screen. Never larger than its screen. `screens` are work areas, the first
 * one first.
 */
export function placeOnScreen(wanted: Rectangle, screens: readonly Rectangle[]): Rectangle {
  const first = screens[0];
  if (first === undefined) return wanted;
  const screen = screens.find((area) => isGraspable(wanted, area));
  const { width, height } = screen ?? first;
  const size = { width: Math.min(wanted.width, width), height: Math.min(wanted.height, height) };
  if (screen !== undefined) return { x: wanted.x, y: wanted.y, ...size };
  return {
    x: Math.round(first.x + (first.width - size.width) / 2),
    y: Math.round(first.y + (first.height - size.height) / 2),
    ...size,
  };
}

function isGraspable(window: Rectangle, screen: Rectangle): boolean {
  const across = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x);
  const down = screen.y + screen.height - window.y;
  return across >= GRASPABLE.width && down >= GRASPABLE.height && window.y >= screen.y;
}
