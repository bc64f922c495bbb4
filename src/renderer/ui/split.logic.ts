/** How large the part beside a splitter may be, in pixels, and how far an arrow moves it. */
export interface SplitRange {
  readonly least: number;
  readonly usual: number;
  readonly most: number;
  readonly step: number;
}

export function clampSize({ least, most }: SplitRange, size: number): number {
  return Math.round(Math.max(least, Math.min(most, size)));
}

/** The size as it was written down; the usual one for anything else. */
export function readSize(range: SplitRange, text: string | null): number {
  const size = Number.parseFloat(text ?? '');
  return Number.isNaN(size) ? range.usual : clampSize(range, size);
}

/** What a key makes of the size; null for a key that does nothing. `less` and `more` are the arrows that change it. */
export function sizeAfter(range: SplitRange, key: string, size: number, less: string, more: string): number | null {
  switch (key) {
    case less:
      return clampSize(range, size - range.step);
    case more:
      return clampSize(range, size + range.step);
    case 'Home':
      return range.least;
    case 'End':
      return range.most;
    case 'Enter':
      return range.usual;
    default:
      return null;
  }
}
