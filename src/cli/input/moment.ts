import { badInput } from '../failure.ts';

const AGO: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/**
 * A point in time as milliseconds since 1970: how long ago (`30m`, `2h`, `7d`, `2w`), a local date, or a local date and
 * time (`2026-03-01 14:05`, `2026-03-01T14:05:09`).
 */
export function readMoment(text: string, name: string, now: number): number {
  const [, number = '', unit = ''] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  if (number !== '') return now - Number(number) * (AGO[unit] ?? 0);
  const [, day = '', time = '00:00'] = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?))?$/.exec(text) ?? [];
  const at = day === '' ? Number.NaN : new Date(`${day}T${time}`).getTime();
  if (!Number.isNaN(at)) return at;
  throw badInput(`${name} must be a time such as 2h, 7d, 2026-03-01 or "2026-03-01 14:05", not “${text}”.`);
}
