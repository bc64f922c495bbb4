const UNITS = [
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

/** Milliseconds as a person writes them: `90 s`, `30 min`, `1 h 30 min`. */
export function writeTime(ms: number): string {
  for (const [unit, size] of UNITS) {
    if (ms >= size && ms % size === 0 && ms / size < 100) return `${ms / size} ${unit}`;
  }
  const parts: string[] = [];
  let rest = ms;
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${count} ${unit}`);
    rest -= count * size;
  }
  return parts.join(' ') || '0 s';
}

const PART = /(\d+(?:[.,]\d+)?)\s*(ms|milliseconds?|seconds?|secs?|s|minutes?|mins?|m|hours?|h|days?|d)?/gi;
const SIZES: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of `90 s`, `30min`, `1.5 h`, `1 h 30 min`; a bare number is minutes. Null when it is no time. */
export function readTime(text: string): number | null {
  const rest = text
    .replace(PART, '')
    .replace(/\band\b/g, '')
    .trim();
  const parts = [...text.matchAll(PART)];
  if (rest !== '' || parts.length === 0) return null;
  let ms = 0;
  for (const [, count = '', unit = 'min'] of parts) {
    const word = unit.toLowerCase();
    ms +=
      Number(count.replace(',', '.')) * (SIZES[word === 'ms' || word.startsWith('milli') ? 'ms' : word.charAt(0)] ?? 0);
  }
  return Math.round(ms);
}
