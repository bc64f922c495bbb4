/** A command as program and arguments, or a sentence on why it is none. */
export type SplitCommand = { ok: true; argv: string[] } | { ok: false; problem: string };

/** What a shell would act on; outside of quotes it is refused, because Drover starts programs without a shell. */
const OPERATORS = new Set('|&;<>()$`*?[]{}~#!\n\r');

/**
 * Splits a command into program and arguments: spaces separate, single quotes take everything literally, in double
 * quotes a backslash escapes `"` and `\`, elsewhere it escapes any character. Nothing is expanded. Refused: an open
 * quote, a backslash at the end, an empty command, and anything only a shell understands.
 */
export function splitCommand(text: string): SplitCommand {
  const words: string[] = [];
  let word: string | null = null;
  for (let i = 0; i < text.length; i += 1) {
    const sign = text.charAt(i);
    if (sign === ' ' || sign === '\t') {
      if (word !== null) words.push(word);
      word = null;
    } else if (sign === "'" || sign === '"') {
      const quoted = readQuoted(text, i);
      if (quoted === null) return refuse(`The command “${text}” has a quote (${sign}) that is not closed.`);
      word = (word ?? '') + quoted.inner;
      i = quoted.end;
    } else if (sign === '\\') {
      if (i + 1 === text.length) return refuse(`The command “${text}” ends in a backslash that escapes nothing.`);
      i += 1;
      word = (word ?? '') + text.charAt(i);
    } else if (OPERATORS.has(sign) && !(isHarmless(sign) && word !== null)) {
      const what = sign === '\n' || sign === '\r' ? 'its line break' : `“${sign}”`;
      return refuse(
        `The command “${text}” needs a shell because of ${what}, and Drover runs programs without one. Quote it, or ask for a shell: sh -c ${quoteWord(text)}`,
      );
    } else {
      word = (word ?? '') + sign;
    }
  }
  if (word !== null) words.push(word);
  if (words.length === 0 || words[0] === '') return refuse('The command is empty.');
  return { ok: true, argv: words };
}

/** Several commands, one per line; empty lines are skipped. The first that cannot be split says why. */
export function splitCommands(text: string): { ok: true; commands: string[][] } | { ok: false; problem: string } {
  const commands: string[][] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const split = splitCommand(line.trim());
    if (!split.ok) return split;
    commands.push(split.argv);
  }
  return { ok: true, commands };
}

/** A command as one line that `splitCommand`, and a POSIX shell, read back as the same words. */
export function quoteCommand(words: readonly string[]): string {
  return words.map(quoteWord).join(' ');
}

/** Several commands, one per line. */
export function quoteCommands(commands: readonly (readonly string[])[]): string {
  return commands.map(quoteCommand).join('\n');
}

/** One word as `splitCommand`, and a POSIX shell, read it back. */
export function quoteWord(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Characters that mean something to a shell only at the beginning of a word. */
function isHarmless(sign: string): boolean {
  return sign === '~' || sign === '#' || sign === '!';
}

function readQuoted(text: string, start: number): { inner: string; end: number } | null {
  const quote = text.charAt(start);
  let inner = '';
  for (let i = start + 1; i < text.length; i += 1) {
    const sign = text.charAt(i);
    if (sign === quote) return { inner, end: i };
    const next = text.charAt(i + 1);
    if (quote === '"' && sign === '\\' && (next === '"' || next === '\\')) {
      inner += next;
      i += 1;
    } else {
      inner += sign;
    }
  }
  return null;
}

function refuse(problem: string): { ok: false; problem: string } {
  return { ok: false, problem };
}
