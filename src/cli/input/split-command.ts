import { badInput } from '../failure.ts';

/** What a shell would act on; outside of quotes it is refused, because Drover starts programs without a shell. */
const OPERATORS = new Set('|&;<>()$`*?[]{}~#!\n\r');

/**
 * Splits a command into program and arguments: spaces part, single quotes take all as it is, in double quotes a
 * backslash takes `"` and `\` as they are, elsewhere it takes any sign. Nothing is expanded. Throws `Failure` for an
 * open quote, a backslash at the end, an empty command, and for anything only a shell understands.
 */
export function splitCommand(text: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  for (let i = 0; i < text.length; i += 1) {
    const sign = text.charAt(i);
    if (sign === ' ' || sign === '\t') {
      if (word !== null) words.push(word);
      word = null;
    } else if (sign === "'" || sign === '"') {
      const [inner, end] = readQuoted(text, i);
      word = (word ?? '') + inner;
      i = end;
    } else if (sign === '\\') {
      if (i + 1 === text.length) throw badInput(`The command “${text}” ends in a backslash that takes nothing.`);
      i += 1;
      word = (word ?? '') + text.charAt(i);
    } else if (OPERATORS.has(sign) && !(isHarmless(sign) && word !== null)) {
      throw badInput(
        `The command “${text}” needs a shell because of ${sign === '\n' || sign === '\r' ? 'its line break' : `“${sign}”`}: Drover runs programs without one. Quote the sign, or ask for a shell: sh -c ${quoteWord(text)}`,
      );
    } else {
      word = (word ?? '') + sign;
    }
  }
  if (word !== null) words.push(word);
  if (words.length === 0 || words[0] === '') throw badInput('The command is empty.');
  return words;
}

/** Signs that mean something to a shell only where a word begins. */
function isHarmless(sign: string): boolean {
  return sign === '~' || sign === '#' || sign === '!';
}

function readQuoted(text: string, start: number): [inner: string, end: number] {
  const quote = text.charAt(start);
  let inner = '';
  for (let i = start + 1; i < text.length; i += 1) {
    const sign = text.charAt(i);
    if (sign === quote) return [inner, i];
    const next = text.charAt(i + 1);
    if (quote === '"' && sign === '\\' && (next === '"' || next === '\\')) {
      inner += next;
      i += 1;
    } else {
      inner += sign;
    }
  }
  throw badInput(`The command “${text}” has a quote (${quote}) that is not closed.`);
}

/** A command as one line that `splitCommand`, and a POSIX shell, read back as the same words. */
export function quoteCommand(words: readonly string[]): string {
  return words.map(quoteWord).join(' ');
}

function quoteWord(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
