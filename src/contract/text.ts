/** The longest goal that is accepted, in UTF-16 units. */
export const MAX_GOAL = 256 * 1024;
/** The longest item, note, reason or follow-up message, in UTF-16 units. */
export const MAX_TEXT = 64 * 1024;
/** The longest title that is accepted, in UTF-16 units. */
export const MAX_TITLE = 200;
/** The largest checklist. */
export const MAX_ITEMS = 500;
/** Outputs over this many UTF-8 bytes are stored beside the event, which keeps a preview. */
export const MAX_INLINE_BYTES = 32 * 1024;

/** At most the first `max` UTF-16 units of a text, never through the middle of a character. */
export function beginning(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = Math.max(0, max);
  const last = text.charCodeAt(end - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? end - 1 : end);
}

/** Cuts text to at most `max` UTF-16 units without splitting a surrogate pair, ending in an ellipsis when cut. */
export function truncate(text: string, max: number): string {
  return text.length <= max ? text : `${beginning(text, max - 1)}…`;
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

/** At most `max` UTF-16 units of the line that `at` is in, with what is at `at` among them. */
export function excerpt(text: string, at: number, max: number): string {
  const from = text.lastIndexOf('\n', at) + 1;
  const end = text.indexOf('\n', at);
  const line = text.slice(from, end < 0 ? undefined : end);
  const skipped = Math.max(0, at - from - Math.floor(max / 2));
  const rest = skipped === 0 ? line : `…${line.slice(skipped)}`;
  return truncate(rest.trim(), max);
}

const NAMES: Readonly<Record<number, string>> = {
  0: 'NUL',
  7: 'BEL',
  8: 'BS',
  13: 'CR',
  27: 'ESC',
  127: 'DEL',
  173: 'SHY',
  8203: 'ZWSP',
  8204: 'ZWNJ',
  8205: 'ZWJ',
  8206: 'LRM',
  8207: 'RLM',
  8234: 'LRE',
  8235: 'RLE',
  8236: 'PDF',
  8237: 'LRO',
  8238: 'RLO',
  8288: 'WJ',
  8294: 'LRI',
  8295: 'RLI',
  8296: 'FSI',
  8297: 'PDI',
  65279: 'BOM',
};
// Control characters but for tab and newline, format characters, separators of lines, and unpaired surrogates.
const HIDDEN = /[\p{Cc}\p{Cf}\u2028\u2029\u115f\u1160\u3164\uffa0]|\p{Cs}/gu;

const PLAIN = /^[\t\n -~]*$/;

/**
 * Text of an agent with nothing hidden in it: control and format characters (escape sequences, bidi overrides, zero
 * width ones) are shown by name, such as `⟨RLO⟩`. Tabs and newlines stay, and so do joiners where scripts and emoji need
 * them: between two characters that are not ASCII.
 */
export function revealHidden(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(HIDDEN, (character, offset: number) => {
    if (character === '\n' || character === '\t') return character;
    const code = character.codePointAt(0) ?? 0;
    if (code === 0x200c || code === 0x200d) {
      const joins = (text.codePointAt(offset - 1) ?? 0) > 0xa0 && (text.codePointAt(offset + 1) ?? 0) > 0xa0;
      if (joins) return character;
    }
    return `⟨${NAMES[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`}⟩`;
  });
}

/** The text with everything shown that could deceive, line ends of Windows aside. */
export function visible(text: string): string {
  return revealHidden(text.replace(/\r\n/g, '\n'));
}

/** The same on one line of at most `max` UTF-16 units, ending in an ellipsis when cut. */
export function visibleLine(text: string, max = 200): string {
  const line = visible(text.slice(0, max * 4))
    .replace(/\s+/g, ' ')
    .trim();
  return truncate(line, max);
}
