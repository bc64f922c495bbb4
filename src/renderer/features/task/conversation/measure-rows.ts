/**
 * Measures rows, in pixels: by what the browser has told of them, else all that stand beside each other in one go. The
 * library that draws the rows moves each as soon as it is measured; read one by one, each would be laid out again for it.
 */
export function createRowMeasure(): (row: HTMLElement, told?: ResizeObserverEntry) => number {
  const heights = new Map<Element, number>();
  return (row, told) => {
    const [box] = told?.borderBoxSize ?? [];
    if (box) return Math.round(box.blockSize);
    if (heights.size === 0) queueMicrotask(() => heights.clear());
    if (!heights.has(row)) {
      for (const one of row.parentElement?.children ?? [row]) {
        if (one instanceof HTMLElement) heights.set(one, one.offsetHeight);
      }
    }
    return heights.get(row) ?? row.offsetHeight;
  };
}
