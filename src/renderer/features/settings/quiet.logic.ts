const MORNING = 8;

/** The next day at 8 in the morning, where the person is. */
export function morningAfter(now: number): number {
  const day = new Date(now);
  day.setDate(day.getDate() + 1);
  day.setHours(MORNING, 0, 0, 0);
  return day.getTime();
}

const CLOCK = /^(?:(\d{4})-(\d{1,2})-(\d{1,2})[ T,]+)?([01]?\d|2[0-3])[:.]([0-5]\d)$/;

/** A time as it is written, `18:30` (the next one) or `2026-12-01 18:30`, in milliseconds; null when it is none to come. */
export function readClock(text: string, now: number): number | null {
  const [, year, month, date, hours, minutes] = CLOCK.exec(text.trim()) ?? [];
  if (hours === undefined) return null;
  const day = new Date(now);
  if (year !== undefined) day.setFullYear(Number(year), Number(month) - 1, Number(date));
  day.setHours(Number(hours), Number(minutes), 0, 0);
  if (year === undefined && day.getTime() <= now) day.setDate(day.getDate() + 1);
  return day.getTime() > now ? day.getTime() : null;
}

/** `14:30` today, with the day otherwise. */
export function untilWords(at: number, now: number): string {
  const time = new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  if (new Date(at).toDateString() === new Date(now).toDateString()) return time;
  return `${new Date(at).toLocaleDateString(undefined, { weekday: 'short', day: 'numeric', month: 'short' })}, ${time}`;
}
