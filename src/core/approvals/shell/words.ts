import type { DoubleQuotedChild, Word, WordPart } from 'unbash';

/**
 * What one argument of a command will be. `literal`: exactly `text`. `pattern`: `text` with `*` and `?` where file names
 * are filled in. `dynamic`: only known when the command runs; `text` is its source.
 */
export interface Arg {
  kind: 'literal' | 'pattern' | 'dynamic';
  text: string;
  /** Whether a leading `~` stands unquoted. */
  tilde: boolean;
  /** Of what is dynamic: the letters it begins with in any case. */
  starts?: string;
  /** Of what is dynamic: it stands outside quotes, so that it may become no word or several. */
  splits?: boolean;
}

/** The variables whose every possible value is known where a word stands. */
export type Variables = ReadonlyMap<string, readonly Arg[]>;

/** What is known where a word stands. */
export interface Known {
  variables: Variables;
  /** Variables that can only hold a whole number. */
  numbers: ReadonlySet<string>;
  home: string;
  /** The folder the command runs in; null where there are several. */
  folder: string | null;
}

const MOST = 64;

/** The arguments a word becomes: several for a brace expansion or a variable with several possible values. */
export function readWord(word: Word, known: Known): Arg[] {
  const tilde = word.text.startsWith('~');
  if (/^=[^=~]/.test(word.text)) return [{ kind: 'dynamic', text: word.text, tilde }];
  if (!word.parts) return [{ kind: 'literal', text: word.value, tilde }];
  const pieces = word.parts.map((part) => readPart(part, known, false));
  const read = subscripted(word.parts) ? null : pieces.reduce(join, literal(''));
  if (read) return read.map((piece) => ({ ...piece, tilde }));
  const splits = word.parts.some((part) => isExpansion(part));
  return [{ kind: 'dynamic', text: word.text, tilde, splits, starts: startOf(word.parts) }];
}

/** Whether a word can only become a whole number. */
export function isNumberWord(word: Word, known: Known): boolean {
  return word.parts ? word.parts.every((part) => isNumber(part, known)) : /^[+-]?\d+$/.test(word.value);
}

type Piece = Pick<Arg, 'kind' | 'text'>;
type Part = WordPart | DoubleQuotedChild;

function isExpansion({ type }: Part): boolean {
  return /^(SimpleExpansion|ParameterExpansion|CommandExpansion)$/.test(type);
}

/** `$x[1]` is an element of `x` for some shells, and what is in the brackets is worked out. */
function subscripted(parts: readonly WordPart[]): boolean {
  return parts.some(
    (part, at) => part.type === 'Glob' && part.kind === 'bracket' && isExpansion(parts[at - 1] ?? part),
  );
}

function startOf(parts: readonly Part[]): string {
  let start = '';
  for (const part of parts) {
    if (part.type === 'Literal' || part.type === 'SingleQuoted') start += part.value;
    else if (part.type === 'DoubleQuoted') {
      const inner = startOf(part.parts);
      start += inner;
      if (part.parts.some((one) => one.type !== 'Literal')) break;
    } else break;
  }
  return start;
}

/** Every beginning with every ending. */
function join(before: Piece[] | null, after: Piece[] | null): Piece[] | null {
  if (!before || !after || before.length * after.length > MOST) return null;
  return before.flatMap((start) =>
    after.map((end) => ({ kind: start.kind === 'pattern' ? start.kind : end.kind, text: start.text + end.text })),
  );
}

const literal = (text: string): Piece[] => [{ kind: 'literal', text }];

/** Everything a part of a word may become, or null where that is not known. */
function readPart(part: Part, known: Known, quoted: boolean): Piece[] | null {
  // Which number does not matter to where a path leads.
  if ((isExpansion(part) || part.type === 'ArithmeticExpansion') && isNumber(part, known)) return literal('0');
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
      return literal(part.value);
    case 'AnsiCQuoted':
      return isPlainAnsi(part.text) ? literal(part.value) : null;
    case 'DoubleQuoted':
      return part.parts.map((child) => readPart(child, known, true)).reduce(join, literal(''));
    case 'Glob':
      return [{ kind: 'pattern', text: part.kind === 'bracket' ? '?' : part.text }];
    case 'BraceExpansion':
      return expandBraces(part.text)?.map((text) => ({ kind: 'literal', text })) ?? null;
    case 'SimpleExpansion':
      return readVariable(part.text.slice(1), known, quoted);
    case 'ParameterExpansion':
      if (part.prefix || part.index || part.operation) return null;
      return readVariable(part.parameter, known, quoted);
    case 'CommandExpansion':
      return /^\$\(\s*pwd\s*\)$/.test(part.text) ? folderPiece(known, quoted) : null;
    case 'ProcessSubstitution':
      return literal('/dev/fd/63');
    default:
      return null;
  }
}

/** Only escapes that every shell reads alike, and no letter that cannot be seen. */
function isPlainAnsi(text: string): boolean {
  return /^\$'([^\\]|\\[nt\\'"]|\\x[2-7][0-9a-f](?![0-9a-f]))*'$/i.test(text) && !/\\x7f/i.test(text);
}

function readVariable(name: string, known: Known, quoted: boolean): Piece[] | null {
  if (name === '!') return literal('%!');
  if (name === 'HOME') return literal(known.home);
  if (name === 'PWD') return folderPiece(known, quoted);
  const values = known.variables.get(name);
  if (!values) return null;
  // Unquoted, a value with blanks or wildcards becomes other words.
  if (values.some(({ kind, text }) => kind === 'dynamic' || (!quoted && /[\s*?[\]]/.test(text)))) return null;
  return values.map(({ kind, text }) => ({ kind, text }));
}

function folderPiece({ folder }: Known, quoted: boolean): Piece[] | null {
  return folder === null || (!quoted && /[\s*?[\]]/.test(folder)) ? null : literal(folder);
}

function isNumber(part: Part, known: Known): boolean {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
      return /^\d+$/.test(part.value);
    case 'DoubleQuoted':
      return part.parts.length > 0 && part.parts.every((one) => isNumber(one, known));
    case 'SimpleExpansion':
      return /^\$[?#$]$/.test(part.text) || known.numbers.has(part.text.slice(1));
    case 'ParameterExpansion':
      if (part.prefix === '#') return true;
      return !part.prefix && !part.index && !part.operation && known.numbers.has(part.parameter);
    // What stands in it is judged where it stands.
    case 'ArithmeticExpansion':
      return true;
    case 'CommandExpansion':
      return countsOnly(part.script);
    default:
      return false;
  }
}

/** Whether a substitution prints nothing but a number: `$(ls | wc -l)`. */
function countsOnly(script: Extract<Part, { type: 'CommandExpansion' }>['script']): boolean {
  const [only, ...more] = script?.commands ?? [];
  if (!only || more.length > 0 || only.background) return false;
  const last = only.command.type === 'Pipeline' ? only.command.commands.at(-1) : only.command;
  if (last?.type !== 'Command' || last.prefix.length > 0) return false;
  const words = [last.name, ...last.args].map((word) => (word?.type === 'Word' && !word.parts ? word.value : '?'));
  return /^(wc -[lcmw]|nproc|date \+%s|grep -c \S+)$/.test(words.join(' '));
}

/** `a{b,c}` as `ab`, `ac`; only plain letters, and null for anything that needs a real shell to tell. */
export function expandBraces(text: string): string[] | null {
  if (/^\{\d{1,4}\.\.\d{1,4}\}$/.test(text)) return ['0'];
  if (!/^[\w.,{}/+@%-]*$/.test(text) || text.includes('..')) return null;
  const open = text.indexOf('{');
  if (open < 0) return [text];
  let depth = 0;
  let from = open + 1;
  const choices: string[] = [];
  for (let i = open; i < text.length; i += 1) {
    const letter = text[i];
    if (letter === '{') depth += 1;
    if (letter === '}') depth -= 1;
    if ((letter === ',' && depth === 1) || depth === 0) {
      choices.push(text.slice(from, i));
      from = i + 1;
    }
    if (depth > 0) continue;
    const rest = expandBraces(text.slice(i + 1));
    if (!rest || choices.length < 2) return null;
    const inner = choices.map(expandBraces);
    if (inner.includes(null)) return null;
    const all = inner.flatMap((one) =>
      (one ?? []).flatMap((middle) => rest.map((end) => text.slice(0, open) + middle + end)),
    );
    return all.length > MOST ? null : all;
  }
  return null;
}
