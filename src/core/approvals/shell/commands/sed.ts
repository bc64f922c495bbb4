import { has, readOptions } from '../grammar/options.ts';
import { judgePaths, type Noted, type Reach, shown } from '../reach.ts';
import type { Arg } from '../words.ts';

const OPTIONS =
  '[nrEsuz] -e,--expression:text -i,--in-place::plain -l,--line-length:text --quiet --silent --regexp-extended --posix --separate --null-data --debug --sandbox --unbuffered --help --version';

/** Judges `sed`: its script may only change the text that passes through. */
export function judgeSed(args: readonly Arg[], reach: Reach): Noted {
  const found = readOptions(args, { does: 'reads', options: OPTIONS });
  const inPlace = found.given.filter(({ name }) => name === '-i');
  for (const word of found.unknown)
    reach.refuse(`\`sed ${shown(word.text)}\`, whose meaning is not known here`, 'whole');
  if (inPlace.some(({ value }) => value && !/^\.?\w+$/.test(value.text))) {
    reach.refuse('`sed` that keeps the old text in another place', 'whole');
  }
  const files = [...found.operands];
  const scripts = found.given.flatMap(({ name, value }) => (name === '-e' && value ? [value] : []));
  if (!has(found, '-e')) scripts.push(...files.splice(0, 1));
  for (const script of scripts) {
    if (script.kind === 'dynamic' || !isPlainSed(script.text)) {
      reach.refuse(`a script of sed that may do more than change text (\`${shown(script.text)}\`)`, 'whole');
    }
  }
  judgePaths(files, inPlace.length > 0 ? 'write' : 'read', reach);
}

/** Reads a script of sed letter by letter; what it does not know of is not plain. */
export function isPlainSed(text: string): boolean {
  let rest = text;
  let depth = 0;
  for (let steps = 0; steps < 2_000; steps += 1) {
    rest = rest.replace(/^[\s;]+/, '');
    if (rest === '') return depth === 0;
    if (rest.startsWith('}')) {
      depth -= 1;
      if (depth < 0) return false;
      rest = rest.slice(1);
      continue;
    }
    const next = afterAddresses(rest);
    if (next === null) return false;
    rest = next.replace(/^\s*!?\s*/, '');
    const after = afterCommand(rest);
    if (after === null) return false;
    if (rest.startsWith('{')) depth += 1;
    rest = after;
  }
  return false;
}

function afterAddresses(text: string): string | null {
  const first = afterAddress(text);
  if (first === text) return text;
  if (first === null || !/^\s*,/.test(first)) return first;
  const more = first.replace(/^\s*,\s*/, '');
  const second = /^[+~]\d+/.exec(more)?.[0];
  if (second) return more.slice(second.length);
  const after = afterAddress(more);
  return after === more ? null : after;
}

function afterAddress(text: string): string | null {
  const number = /^(\d+(~\d+)?|\$)/.exec(text)?.[0];
  if (number) return text.slice(number.length);
  const other = /^\\[^\s\\\w]/.test(text) ? 1 : 0;
  if (!other && !text.startsWith('/')) return text;
  const mark = text[other] ?? '/';
  const end = closing(text, other + 1, mark);
  return end < 0 ? null : text.slice(end + 1).replace(/^[IM]+/, '');
}

/** Where the next `mark` stands that is not escaped and not in brackets. */
function closing(text: string, from: number, mark: string): number {
  let bracket = false;
  for (let at = from; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '\\') at += 1;
    else if (letter === '\n') return -1;
    else if (bracket) bracket = letter !== ']' || text[at - 1] === '[' || /\[\^$/.test(text.slice(0, at));
    else if (letter === mark) return at;
    else if (letter === '[') bracket = true;
  }
  return -1;
}

/** The same for what is put in, where brackets mean nothing and lines may be broken. */
function closingPlain(text: string, from: number, mark: string): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === mark) return at;
  }
  return -1;
}

const ENDS = /^\s*(?=[;\n}]|$)/;

/** What follows one command; null for one that may read, write or run something. */
function afterCommand(text: string): string | null {
  const letter = text[0] ?? '';
  if (letter === '{') return text.slice(1);
  if (/[pdPDgGhHxnN=lqQzF]/.test(letter)) {
    const more = text.slice(1).replace(/^[qQl]?\d*/, '');
    return ENDS.test(more) ? more.replace(ENDS, '') : null;
  }
  if (/[btT:]/.test(letter)) {
    const label = /^.\s*[\w.-]*/.exec(text)?.[0] ?? letter;
    const more = text.slice(label.length);
    return ENDS.test(more) ? more : null;
  }
  if (/[aic]/.test(letter)) {
    // The text goes on to the end of a line that no backslash holds open.
    const end = /^[^\n\\]*(\\[\s\S][^\n\\]*)*/.exec(text.slice(1))?.[0] ?? '';
    return text.slice(1 + end.length);
  }
  if (letter !== 's' && letter !== 'y') return null;
  const mark = text[1] ?? '';
  if (!/^[^\w\s\\]$/.test(mark)) return null;
  const middle = closing(text, 2, mark);
  const end = middle < 0 ? -1 : closingPlain(text, middle + 1, mark);
  if (end < 0) return null;
  const flags = letter === 's' ? (/^[gpiIm\d]*/.exec(text.slice(end + 1))?.[0] ?? '') : '';
  const more = text.slice(end + 1 + flags.length);
  return ENDS.test(more) ? more : null;
}
