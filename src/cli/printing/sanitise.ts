/**
 * Text from agents and users is hostile to a terminal: it may hold escape sequences that recolour, retitle, move the
 * cursor or write the clipboard, and invisible marks that reorder what is read. Nothing foreign is printed unless it
 * went through here.
 */

const ESC = '\u001b';
// Each part stops where another sequence could begin, so that no text takes more time than its length.
const CSI = `(?:${ESC}\\[|\u009b)[0-?]*[ -/]*`;
/** Titles, clipboard, links and the like: an introducer (7-bit or 8-bit), text, and an end. */
const STRING = `(?:${ESC}[\\]PX^_]|[\u0090\u0098\u009d-\u009f])[^${ESC}\u0007\u0090\u0098\u009b-\u009f\\n]*`;
const SHORT = `${ESC}[ -/]*`;
const SEQUENCES = new RegExp(`${CSI}[@-~]|${STRING}(?:\u0007|\u009c|${ESC}\\\\)|${SHORT}[0-Z\\\\^-~]`, 'g');
/** What may become a sequence with what comes next. */
const UNFINISHED = new RegExp(`(?:${CSI}|${STRING}${ESC}?|${SHORT}|\r|[\ud800-\udbff])$`);

/** Control characters except tab and line feed. */
const CONTROLS = /(?![\t\n])\p{Cc}/gu;
/** Bidi marks, embeddings, overrides and isolates, zero-width marks, annotation marks, tags. Joiners of emoji stay. */
const INVISIBLE =
  /[\u061c\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]/gu;
const LONE_SURROGATES = /\p{Surrogate}/gu;
const PLAIN = /^[ -~]*$/;

/** Text of several lines, safe to print: line breaks stay, tabs become two spaces, escape sequences vanish. */
export function safeBlock(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(SEQUENCES, '')
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(CONTROLS, '')
    .replace(INVISIBLE, '')
    .replace(LONE_SURROGATES, '\ufffd')
    .replaceAll('\t', '  ');
}

/** Text for one line, safe to print: line breaks and runs of white space become one space. */
export function safeLine(text: string): string {
  if (PLAIN.test(text) && !text.includes('  ')) return text.trim();
  return safeBlock(text).replace(/\s+/g, ' ').trim();
}

/** Makes text safe that arrives in pieces, which may be split anywhere, also inside an escape sequence. */
export interface SafeStream {
  /** The part that can be printed now; an unfinished sequence at the end is kept for the next piece. */
  push(piece: string): string;
  /** What was kept back. */
  end(): string;
}

const LONGEST_KEPT = 1024;

export function createSafeStream(): SafeStream {
  let kept = '';
  return {
    push(piece) {
      const text = kept + piece;
      const from = Math.max(0, text.length - LONGEST_KEPT);
      const unfinished = text.slice(from).search(UNFINISHED);
      const cut = unfinished < 0 ? text.length : from + unfinished;
      kept = text.slice(cut);
      return safeBlock(text.slice(0, cut));
    },
    end() {
      const rest = kept;
      kept = '';
      return safeBlock(rest);
    },
  };
}
