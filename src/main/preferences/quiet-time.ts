const HOUR_MS = 60 * 60 * 1000;
/** When the day begins for who said "until tomorrow". */
const MORNING = 8;

/** Whether nobody wants to be disturbed at `now`. Both are in milliseconds since 1970. */
export function isQuietTime(quietUntil: number | null, now: number): boolean {
  return quietUntil !== null && quietUntil > now;
}

export type QuietChoice = 'hour' | 'tomorrow' | 'off';

/** Until when it is quiet after a choice at `now`; null for not at all. */
export function quietUntilOf(choice: QuietChoice, now: number): number | null {
  if (choice === 'off') return null;
  if (choice === 'hour') return now + HOUR_MS;
  const morning = new Date(now);
  morning.setDate(morning.getDate() + 1);
  morning.setHours(MORNING, 0, 0, 0);
  return morning.getTime();
}

/** The time in a few words: the hour today, with the day else. */
export function timeInWords(at: number, now: number): string {
  const time = new Date(at);
  const clock = `${String(time.getHours()).padStart(2, '0')}:${String(time.getMinutes()).padStart(2, '0')}`;
  const today = new Date(now);
  if (time.toDateString() === today.toDateString()) return clock;
  today.setDate(today.getDate() + 1);
  if (time.toDateString() === today.toDateString()) return `tomorrow ${clock}`;
  return `${time.getFullYear()}-${String(time.getMonth() + 1).padStart(2, '0')}-${String(time.getDate()).padStart(2, '0')} ${clock}`;
}
