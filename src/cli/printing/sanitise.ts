/**
 * Text from agents and users is hostile to a terminal: it may hold escape sequences that recolour, retitle, move the
 * cursor or write the clipboard, and invisible marks that reorder what is read. Nothing foreign is printed unless it
 * went through here.
 */

const ESC = '\u001b';
/** The 8-bit forms of `ESC [` and of the string introducers, and the two ends of a string. */
const CSI = `(?:${ESC}\\[|\u009b)[0-?]*[ -/]*[@-~]`;
const STRING = `(?:${ESC}[\\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^${ESC}\u0007\u009c\\n]*(?:\u0007|\u009c|${ESC}\\\\)`;
const SHORT = `${ESC}[ -/]*[0-Z\\\\^-~]`;
const SEQUENCES = new RegExp(`${CSI}|${STRING}|${SHORT}`, 'g');

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

const LONGEST_KEPT = 256;

export function createSafeStream(): SafeStream {
  let kept = '';
  return {
    push(piece) {
      const text = kept + piece;
      const cut = unfinishedFrom(text);
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

/** Where an escape sequence, a line break of two characters or a surrogate pair begins that is not over yet. */
function unfinishedFrom(text: string): number {
  const from = Math.max(0, text.length - LONGEST_KEPT);
  for (let at = text.length - 1; at >= from; at -= 1) {
    if (text[at] !== ESC && text[at] !== '\u009b' && text[at] !== '\u009d') continue;
    // The end of a string (`ESC \`) belongs to the sequence that it ends.
    const start = text[at] === ESC && at > from && text[at + 1] === '\\' ? text.lastIndexOf(ESC, at - 1) : at;
    const rest = text.slice(start >= from ? start : at);
    const whole = new RegExp(`^(?:${SEQUENCES.source})`).exec(rest);
    if (whole === null) return text.length - rest.length;
    break;
  }
  const last = text.charCodeAt(text.length - 1);
  return last === 13 || (last >= 0xd800 && last <= 0xdbff) ? text.length - 1 : text.length;
}
