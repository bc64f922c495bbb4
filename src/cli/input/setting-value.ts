/**
 * What was typed, as a value of the kind that the default is: a setting whose default is a number takes numbers, one
 * with true or false those, and `null` is nothing where nothing is the default. What does not fit stays text, and is
 * refused by Drover in its own words.
 */
export function readSettingValue(text: string, fallback: unknown): unknown {
  if (typeof fallback === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (typeof fallback === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return fallback === null && text === 'null' ? null : text;
}
