const ASCII = /^[ -~]*$/;
const WIDE =
  /^(?:\p{Emoji_Presentation}|\p{Regional_Indicator}|[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{16fe0}-\u{18aff}\u{1b000}-\u{1b2ff}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}])/u;
const EMOJI_BY_SELECTOR = /^\p{Extended_Pictographic}\ufe0f/u;
const NO_WIDTH = /^[\p{Mark}\p{Cc}\p{Cf}]/u;

let segmenter: Intl.Segmenter | null = null;

function graphemes(text: string): Iterable<Intl.SegmentData> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

function widthOfGrapheme(grapheme: string): number {
  if (ASCII.test(grapheme)) return 1;
  if (WIDE.test(grapheme) || EMOJI_BY_SELECTOR.test(grapheme)) return 2;
  return NO_WIDTH.test(grapheme) ? 0 : 1;
}

/** How many terminal columns a text takes. The text is one line and already safe (no control characters). */
export function widthOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes(text)) width += widthOfGrapheme(segment);
  return width;
}

/** Cuts a line to at most `columns` terminal columns, ending in … when cut; never splits what is seen as one sign. */
export function cut(text: string, columns: number): string {
  if (text.length <= columns && ASCII.test(text)) return text;
  // A sign takes at most two columns but any number of units; only the part that can matter is looked at.
  let width = 0;
  let end = 0;
  for (const { segment, index } of graphemes(text)) {
    width += widthOfGrapheme(segment);
    if (width > columns) return columns < 1 ? '' : `${text.slice(0, end)}…`;
    if (width <= columns - 1) end = index + segment.length;
  }
  return text;
}

/** Fills with spaces up to `columns`. */
export function pad(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, columns - widthOf(text)));
  return align === 'left' ? text + space : space + text;
}
