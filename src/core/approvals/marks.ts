import { type Mark, PROTECTED_WORDS } from '../../contract/approval/state.ts';
import { riskOf } from './judge/why-words.ts';
import type { Part } from './shell/parts.ts';
import { UNSEEN_SCRIPT } from './shell/reach.ts';

const MOST_MARKS = 200;

/** What a command that cannot be read may hold, found by its letters alone. Bounded, so that no text makes them slow. */
const BY_LETTERS: readonly [RegExp, string][] = [
  [/\brm\s{1,9}-\w{0,9}[rRf]\w{0,9}/g, 'Deletes files permanently'],
  [/\b(sudo|doas|pkexec)\b/g, 'Runs with elevated rights'],
  [
    /\b(curl|wget)\b[^\n|]{0,300}\|\s{0,9}(sudo\s{1,9})?(ba|z|da|k)?sh\b/g,
    'Runs a downloaded script that you cannot see here',
  ],
  [/\bgit\b[^\n;|&]{0,200}\bpush\b[^\n;|&]{0,200}(--force[\w=:-]{0,40}|\s-f\b|\s\+\S)/g, PROTECTED_WORDS['force-push']],
  [/>{1,2}\s{0,9}(\/|~|\.\.\/)[^\s;|&]{0,200}/g, 'Writes to a file outside the workspace'],
  [/\b(eval|mkfs(\.\w{1,9})?|dd\s{1,9}\w{1,9}=)/g, 'Can do anything'],
];
const HIDDEN = /[\p{Cc}\p{Cf}\u2028\u2029\u115f\u1160\u3164\uffa0\p{Cs}]/u;
const LOOKALIKE = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\uff01-\uff5e]/u;

/** The stretches of a command that a person should look at, in order and without an overlap. */
export function marksOf(text: string, parts: readonly Part[]): Mark[] {
  const found: Mark[] = [...hiddenLetters(text), ...parts.flatMap((part) => marksOfPart(part, parts, text.length))];
  const unread = parts.some((part) => part.argv === null && part.span === null && part.doubts.length > 0);
  if (unread || parts.length === 0) {
    for (const [shape, words] of BY_LETTERS) {
      for (const match of text.matchAll(shape)) {
        found.push({ start: match.index, end: match.index + match[0].length, level: 'danger', words });
        if (found.length > MOST_MARKS * 10) break;
      }
    }
  }
  return apart(found);
}

function marksOfPart(part: Part, parts: readonly Part[], length: number): Mark[] {
  const span = spanOf(part);
  if (!span || span.pos >= length) return [];
  const mark = (level: Mark['level'], words: string): Mark => ({
    start: span.pos,
    end: Math.min(span.end, length),
    level,
    words,
  });
  const [protection] = part.protects;
  if (protection) return [mark('danger', protection[1] ?? PROTECTED_WORDS[protection[0]])];
  const [name, ...args] = (part.argv ?? []).map((arg) => arg.text);
  if (name === 'sudo' || name === 'doas') return [mark('danger', 'Runs with elevated rights')];
  if (name === 'rm' && args.some((arg) => /^(-\w*[rRf]|--(recursive|force))/.test(arg))) {
    return [mark('danger', 'Deletes files permanently')];
  }
  const [doubt] = part.doubts;
  if (!doubt) return [];
  const words = doubt.why.endsWith(UNSEEN_SCRIPT) ? scriptWords(parts) : riskOf(doubt.why);
  return [mark(doubt.needs === null || part.argv === null ? 'danger' : 'note', words)];
}

/** What a shell runs that is in none of the words here: what something else in the command has fetched, or anything. */
function scriptWords(parts: readonly Part[]): string {
  const fetches = parts.some(({ argv }) => /^(curl|wget|aria2c|https?|xh)$/.test(argv?.[0]?.text ?? ''));
  return fetches ? 'Runs a downloaded script that you cannot see here' : 'Runs a script that you cannot see here';
}

function spanOf(part: Part): Part['span'] {
  return part.span ?? (part.runBy ? spanOf(part.runBy) : null);
}

function hiddenLetters(text: string): Mark[] {
  const found: Mark[] = [];
  let at = 0;
  for (const letter of text) {
    const end = at + letter.length;
    const hidden = letter !== '\n' && letter !== '\t' && HIDDEN.test(letter);
    const words = hidden ? 'Hidden characters' : LOOKALIKE.test(letter) ? 'Letters that look like others' : null;
    const run = found.at(-1);
    if (words !== null && run?.end === at && run.words === words) run.end = end;
    else if (words !== null) {
      if (found.length >= MOST_MARKS) break;
      found.push({ start: at, end, level: hidden ? 'danger' : 'note', words });
    }
    at = end;
  }
  return found;
}

/** Danger before notes, and what is narrow before what is wide around it. */
function apart(marks: readonly Mark[]): Mark[] {
  const rank = (mark: Mark) => (mark.level === 'danger' ? 0 : 1);
  const first = [...marks].sort((a, b) => rank(a) - rank(b) || a.end - a.start - (b.end - b.start));
  const kept: Mark[] = [];
  for (const mark of first.slice(0, MOST_MARKS * 5)) {
    if (kept.length >= MOST_MARKS) break;
    if (kept.every((other) => mark.end <= other.start || mark.start >= other.end)) kept.push(mark);
  }
  return kept.sort((a, b) => a.start - b.start);
}
