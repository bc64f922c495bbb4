const LONGEST_PLACE = 200;
const HIGHEST = 10_000;

/** Whether it is a place in our own page, such as `#/tasks/a1b2c3d4e`: what follows `#/` can name no other page. */
export function isPlace(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_PLACE && /^#\/[\w./?=&%-]*$/.test(value);
}

/** Whether it is a height that a page can have, in CSS pixels. */
export function isHeight(value: unknown): value is number {
  return typeof value === 'number' && value >= 1 && value <= HIGHEST;
}
