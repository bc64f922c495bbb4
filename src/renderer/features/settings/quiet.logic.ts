const MORNING = 8;

/** The next day at 8 in the morning, where the person is. */
export function morningAfter(now: number): number {
  const day = new Date(now);
  day.setDate(day.getDate() + 1);
  day.setHours(MORNING, 0, 0, 0);
  return day.getTime();
}

/** What a date field holds; null when it is no time to come. */
export function readLocalTime(text: string, now: number): number | null {
  const at = text === '' ? Number.NaN : new Date(text).getTime();
  return at > now ? at : null;
}

/** `14:30` today, with the day otherwise. */
export function untilWords(at: number, now: number): string {
  const time = new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  if (new Date(at).toDateString() === new Date(now).toDateString()) return time;
  return `${new Date(at).toLocaleDateString(undefined, { weekday: 'short', day: 'numeric', month: 'short' })}, ${time}`;
}
