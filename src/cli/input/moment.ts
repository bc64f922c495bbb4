import { badInput } from '../failure.ts';

const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/**
 * A point in time as milliseconds since 1970: how long ago (`30m`, `2h`, `7d`, `2w`), a local date, or a local date and
 * time (`2026-03-01 14:05`, `2026-03-01T14:05:09`).
 */
export function readMoment(text: string, name: string, now: number): number {
  const [, number = '', unit = ''] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  if (number !== '') return now - Number(number) * (UNITS[unit] ?? 0);
  const at = momentOf(text);
  if (!Number.isNaN(at)) return at;
  throw badInput(`${name} must be a time such as 2h, 7d, 2026-03-01 or "2026-03-01 14:05", not “${text}”.`);
}

/**
 * A point in time to come as milliseconds since 1970: in how long (`30m`, `2h`, `7d`), a time of day (`14:05`, today or
 * tomorrow), a local date, or a local date and time.
 */
export function readStart(text: string, name: string, now: number): number {
  const [, number = '', unit = ''] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  if (number !== '') return now + Number(number) * (UNITS[unit] ?? 0);
  const [, hour = '', minute = ''] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  if (hour !== '') return nextTime(Number(hour), Number(minute), now);
  const at = momentOf(text);
  if (!Number.isNaN(at)) return at;
  throw badInput(`${name} must be a time such as 14:05, 2h, 2026-03-01 or "2026-03-01 14:05", not “${text}”.`);
}

/** By the calendar, because a day in which the clocks change is not 24 hours long. */
function nextTime(hour: number, minute: number, now: number): number {
  const at = new Date(now);
  at.setHours(hour, minute, 0, 0);
  if (at.getTime() <= now) at.setDate(at.getDate() + 1);
  return at.getTime();
}

/** A local date, with a time of day or without; `NaN` for what is none. */
function momentOf(text: string): number {
  const [, day = '', time = '00:00'] = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?))?$/.exec(text) ?? [];
  return day === '' ? Number.NaN : new Date(`${day}T${time}`).getTime();
}
