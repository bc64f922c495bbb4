const LONGEST = 3650;

/** A number of days as it is typed: `30`, `30 days`; null for `none` or nothing. Undefined when it is none of these. */
export function readDays(text: string, none: string): number | null | undefined {
  const typed = text.trim().toLowerCase();
  if (typed === '' || typed === none.toLowerCase()) return null;
  const [, number] = /^(\d{1,5}) ?(?:d|days?)?$/.exec(typed) ?? [];
  const days = Number(number);
  return number !== undefined && days >= 1 && days <= LONGEST ? days : undefined;
}
