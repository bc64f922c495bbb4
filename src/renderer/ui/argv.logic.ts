/**
 * A typed command as program and arguments, by spaces and quotes; nothing is expanded. Null when a quote is left open.
 */
export function toArgv(line: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (quote !== null) {
      if (character === quote) quote = null;
      else if (character === '\\' && quote === '"' && '"\\'.includes(line.charAt(at + 1) || ' ')) {
        at += 1;
        word = (word ?? '') + line.charAt(at);
      } else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + character;
  }
  if (quote !== null) return null;
  if (word !== null) words.push(word);
  return words;
}

/** A command as it can be typed again. */
export function fromArgv(argv: readonly string[]): string {
  return argv.map((word) => (/^[^\s"'\\]+$/.test(word) ? word : `"${word.replace(/["\\]/g, '\\$&')}"`)).join(' ');
}

/** Several commands, one a line; empty lines count for nothing. Null when a quote is left open. */
export function toCommands(text: string): string[][] | null {
  const commands: string[][] = [];
  for (const line of text.split('\n')) {
    const argv = toArgv(line);
    if (argv === null) return null;
    if (argv.length > 0) commands.push(argv);
  }
  return commands;
}

export function fromCommands(commands: readonly (readonly string[])[]): string {
  return commands.map(fromArgv).join('\n');
}
