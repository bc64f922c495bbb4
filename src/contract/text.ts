/** The longest goal that is accepted, in UTF-16 units. */
export const MAX_GOAL = 256 * 1024;
/** The longest item, note, reason or follow-up message, in UTF-16 units. */
export const MAX_TEXT = 64 * 1024;
/** Outputs over this many UTF-8 bytes are stored beside the event, which keeps a preview. */
export const MAX_INLINE_BYTES = 32 * 1024;

/**
 * Cuts text to at most `max` UTF-16 units without splitting a surrogate pair, ending in an ellipsis when cut.
 */
export function truncate(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = Math.max(0, max - 1);
  const code = text.charCodeAt(end - 1);
  if (code >= 0xd800 && code <= 0xdbff) end -= 1;
  return `${text.slice(0, end)}…`;
}

/** First line with any words in it, for titles and lists: Markdown heading marks removed, white space folded. */
export function firstLine(text: string, max = 120): string {
  const head = text.slice(0, 4096);
  for (const line of head.split('\n')) {
    const words = line
      .replace(/^\s*(#+\s+|[-*]\s+)?/, '')
      .replace(/\s+/g, ' ')
      .trim();
    if (words) return truncate(words, max);
  }
  return '';
}
