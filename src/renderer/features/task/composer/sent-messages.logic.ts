/** So many messages that were sent are offered again. */
const MOST = 30;

/** The messages with one that was sent now, newest last and each once. */
export function withSent(sent: readonly string[], text: string): string[] {
  return [...sent.filter((one) => one !== text), text].slice(-MOST);
}

/** Messages that were kept as JSON text; none where that is anything else. */
export function readSent(kept: string | null): string[] {
  try {
    const value: unknown = JSON.parse(kept ?? '[]');
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

/**
 * The message before or after the one that is shown; `at` counts from the newest, -1 is what is being written. Null where
 * there is none.
 */
export function stepSent(sent: readonly string[], at: number, by: 1 | -1): { at: number; text: string } | null {
  const next = at + by;
  if (next < -1 || next >= sent.length) return null;
  return { at: next, text: next < 0 ? '' : (sent[sent.length - 1 - next] ?? '') };
}
