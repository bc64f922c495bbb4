import { type RefObject, useEffect, useRef } from 'react';

/** Calls back before what has another size is painted, and once at first. */
export function useResized(box: RefObject<HTMLElement | null>, onResized: () => void): void {
  const call = useRef(onResized);
  call.current = onResized;
  useEffect(() => {
    if (!box.current) return;
    const observer = new ResizeObserver(() => call.current());
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [box]);
}
