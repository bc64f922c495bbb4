import type { DoubleQuotedChild, Word, WordPart } from 'unbash';

/**
 * What one argument of a command will be. `literal`: exactly `text`. `pattern`: `text` with `*` where file names are
 * filled in. `dynamic`: only known when the command runs; `text` is its source.
 */
export interface Arg {
  kind: 'literal' | 'pattern' | 'dynamic';
  text: string;
  /** Whether a leading `~` stands unquoted. */
  tilde: boolean;
}

/** The variables whose every possible value is known where a word stands. */
export type Variables = ReadonlyMap<string, readonly Arg[]>;

const MOST = 64;

/** The arguments a word becomes: several for a brace expansion or a variable with several possible values. */
export function readWord(word: Word, variables: Variables, home: string): Arg[] {
  const tilde = word.text.startsWith('~');
  if (!word.parts) return [{ kind: 'literal', text: word.value, tilde }];
  const dynamic: Arg[] = [{ kind: 'dynamic', text: word.text, tilde }];
  const pieces = word.parts.map((part) => readPart(part, variables, home, false));
  return pieces.reduce(join, literal(''))?.map((piece) => ({ ...piece, tilde })) ?? dynamic;
}

type Piece = Pick<Arg, 'kind' | 'text'>;

/** Every beginning with every ending. */
function join(before: Piece[] | null, after: Piece[] | null): Piece[] | null {
  if (!before || !after || before.length * after.length > MOST) return null;
  return before.flatMap((start) =>
    after.map((end) => ({ kind: start.kind === 'pattern' ? start.kind : end.kind, text: start.text + end.text })),
  );
}

const literal = (text: string): Piece[] => [{ kind: 'literal', text }];

/** Everything a part of a word may become, or null where that is not known. */
function readPart(
  part: WordPart | DoubleQuotedChild,
  variables: Variables,
  home: string,
  quoted: boolean,
): Piece[] | null {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return literal(part.value);
    case 'DoubleQuoted':
    case 'LocaleString': {
      const pieces = part.parts.map((child) => readPart(child, variables, home, true));
      return pieces.reduce(join, literal(''));
    }
    case 'Glob':
      return [{ kind: 'pattern', text: part.kind === 'bracket' ? '*' : part.text }];
    case 'BraceExpansion':
      return expandBraces(part.text)?.map((text) => ({ kind: 'literal', text })) ?? null;
    case 'SimpleExpansion':
      return readVariable(part.text.slice(1), variables, home, quoted);
    case 'ParameterExpansion':
      if (part.prefix || part.index || part.operation) return null;
      return readVariable(part.parameter, variables, home, quoted);
    case 'ArithmeticExpansion':
      return literal('0');
    case 'ProcessSubstitution':
      return literal('/dev/fd/63');
    default:
      return null;
  }
}

function readVariable(name: string, variables: Variables, home: string, quoted: boolean): Piece[] | null {
  if (name === '?' || name === '#' || name === '$') return literal('0');
  if (name === '!') return literal('%!');
  if (name === 'HOME') return literal(home);
  const values = variables.get(name);
  if (!values) return null;
  // Unquoted, a value with blanks or wildcards becomes other words.
  if (values.some(({ kind, text }) => kind === 'dynamic' || (!quoted && /[\s*?[\]]/.test(text)))) return null;
  return values.map(({ kind, text }) => ({ kind, text }));
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
