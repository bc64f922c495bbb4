const UNITS = [
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

/** Milliseconds as a person writes them: `90 s`, `30 min`. The largest unit that leaves no rest. */
export function writeTime(ms: number): string {
  for (const [unit, size] of UNITS) {
    if (ms >= size && ms % size === 0) return `${ms / size} ${unit}`;
  }
  return `${ms} ms`;
}

/** Milliseconds of `90 s`, `30min`, `1.5 h`; a bare number is minutes. Null when it is no time. */
export function readTime(text: string): number | null {
  const found = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|min|m|h)?\s*$/i.exec(text);
  if (!found) return null;
  const unit = (found[2] ?? 'min').toLowerCase();
  const size = UNITS.find(([name]) => name === (unit === 'm' ? 'min' : unit))?.[1] ?? 60_000;
  return Math.round(Number(found[1]) * size);
}
