import { badInput } from '../failure.ts';

const UNITS: Record<string, number> = { '': 1000, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `90`, `90s`, `10m`, `2h`, `500ms` as milliseconds; a bare number is seconds. */
export function readDuration(text: string, name: string): number {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h|)$/.exec(text) ?? [];
  const ms = Number(number) * (UNITS[unit] ?? Number.NaN);
  if (number !== '' && Number.isSafeInteger(Math.round(ms))) return Math.round(ms);
  throw badInput(`${name} must be a time such as 90s, 10m or 2h, not “${text}”.`);
}

/** A whole number from `min` to `max`. */
export function readWhole(text: string, name: string, min: number, max: number): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  const range = max === Number.MAX_SAFE_INTEGER ? `from ${min} on` : `from ${min} to ${max}`;
  throw badInput(`${name} must be a whole number ${range}, not “${text}”.`);
}
