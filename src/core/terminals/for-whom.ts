import type { Sequence } from './escape-end.ts';

/** OSC by which programs reach for the clipboard, files or other things of whoever looks: 52, kitty's, iTerm's. */
const REACHING = new Set(['52', '5522', '1337']);
/** Window operations that only keep titles; all others report or change the window. */
const TITLE_STACK = /^2[23](;|$)/;

/**
 * Whom a whole sequence is for: `all`; `host`: it asks for an answer, or is about a window that is not there, so only the
 * screen of the host may have it; `nobody`.
 */
export function forWhom(sequence: Buffer, kind: Sequence['kind']): 'all' | 'host' | 'nobody' {
  if (kind === 'string') return isQuery(sequence) ? 'host' : 'nobody';
  if (kind === 'osc') return forOsc(sequence);
  if (kind === 'csi') return isCsiQuery(sequence) ? 'host' : 'all';
  // DECID, an old question for what the terminal is.
  return sequence[1] === 0x5a ? 'host' : 'all';
}

function forOsc(sequence: Buffer): 'all' | 'host' | 'nobody' {
  const text = sequence.toString('latin1', 2);
  const number = /^\d*/.exec(text)?.[0] ?? '';
  if (REACHING.has(number.replace(/^0+(?=\d)/, ''))) return 'nobody';
  // Questions for colours: 4;1;?  10;?  and so on. Titles and links may hold a question mark.
  return /^0*(4|5|1\d|21)$/.test(number) && /;\?/.test(text) ? 'host' : 'all';
}

/** Questions for a setting or a capability: DCS $ q and DCS + q. */
function isQuery(sequence: Buffer): boolean {
  return sequence[1] === 0x50 && (sequence[2] === 0x24 || sequence[2] === 0x2b) && sequence[3] === 0x71;
}

function isCsiQuery(sequence: Buffer): boolean {
  switch (sequence[sequence.length - 1]) {
    case 0x63: // c: what the terminal is
    case 0x6e: // n: its state, where the cursor is
    case 0x78: // x: parameters of the line
    case 0x79: // y: checksums, tests
      return true;
    case 0x70: // $ p: whether a mode is set
      return sequence[sequence.length - 2] === 0x24;
    case 0x71: // > q: its version
      return sequence[2] === 0x3e;
    case 0x75: // ? u: the state of the keyboard
    case 0x53: // ? S: what graphics it can show
      return sequence[2] === 0x3f;
    case 0x74: // t: the window
      return !TITLE_STACK.test(sequence.toString('latin1', 2, sequence.length - 1));
    default:
      return false;
  }
}
