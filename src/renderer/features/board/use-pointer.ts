import { type RefObject, useEffect, useRef } from 'react';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Where the pointer is, while it is followed; null before its first move. The drag library tells of a move only after
 * a render, so what is let go of at once would otherwise fall where the pointer was before.
 */
export function usePointer(followed: boolean): RefObject<Point | null> {
  const point = useRef<Point | null>(null);
  useEffect(() => {
    if (!followed) return;
    const byMouse = ({ clientX, clientY }: MouseEvent) => {
      point.current = { x: clientX, y: clientY };
    };
    const byTouch = ({ changedTouches: [touch] }: TouchEvent) => {
      if (touch) point.current = { x: touch.clientX, y: touch.clientY };
    };
    const listening = new AbortController();
    const options = { capture: true, passive: true, signal: listening.signal };
    for (const type of ['mousemove', 'mouseup'] as const) window.addEventListener(type, byMouse, options);
    for (const type of ['touchmove', 'touchend'] as const) window.addEventListener(type, byTouch, options);
    return () => {
      listening.abort();
      point.current = null;
    };
  }, [followed]);
  return point;
}
