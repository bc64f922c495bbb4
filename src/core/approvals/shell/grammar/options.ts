import type { Arg } from '../words.ts';
import { type Grammar, type Option, type Options, readOptionTable } from './grammar.ts';

/** An option as it was given, with its value if it has one. */
export interface Given {
  /** As it is written in the grammar: the first of its names. */
  name: string;
  option: Option;
  value: Arg | null;
  /** The word it stands in. */
  word: Arg;
}

/** The words of a command as its grammar reads them. */
export interface Found {
  given: readonly Given[];
  operands: readonly Arg[];
  /** What the grammar does not know. */
  unknown: readonly Arg[];
  /** How many of the operands stand before `--`; all where there is none. */
  before: number;
  /** Words that might be options, because only running tells. */
  unsure: readonly Arg[];
}

/** Whether an option is given, by the first of its names. */
export function has({ given }: Found, ...names: string[]): boolean {
  return given.some(({ name }) => names.includes(name));
}

/** Reads the words behind a command's name: clusters, joined values, `--`. */
export function readOptions(args: readonly Arg[], grammar: Grammar, stops = grammar.stops ?? false): Found {
  const table = readOptionTable(grammar.options ?? '');
  const given: Given[] = [];
  const operands: Arg[] = [];
  const unknown: Arg[] = [];
  const unsure: Arg[] = [];
  let before = -1;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] as Arg;
    const { text } = arg;
    if (before >= 0 || (stops && operands.length > 0) || grammar.texts) {
      operands.push(arg);
      continue;
    }
    const start = arg.kind === 'dynamic' ? (arg.starts ?? '') : text;
    if (start === '--' && arg.kind === 'literal') before = operands.length;
    else if (arg.kind !== 'literal' && (start === '' || /^[*?]/.test(start))) {
      unsure.push(arg);
      operands.push(arg);
    } else if (!start.startsWith('-') || text === '-') operands.push(arg);
    else if (arg.kind === 'pattern') unknown.push(arg);
    else at += readOption(arg, start, args.slice(at + 1, at + 3), table, grammar, given, unknown);
  }
  return { given, operands, unknown, unsure, before: before < 0 ? operands.length : before };
}

/** Reads one word with options in it. Gives back how many words more it takes. */
function readOption(
  word: Arg,
  start: string,
  [next, further]: readonly Arg[],
  table: Options,
  grammar: Grammar,
  given: Given[],
  unknown: Arg[],
): number {
  const rest = (from: number): Arg => ({
    ...word,
    text: word.text.slice(from),
    tilde: word.text[from] === '~',
    ...(word.kind === 'dynamic' ? { starts: start.slice(from) } : {}),
  });
  const add = (option: Option, value: Arg | null) => {
    given.push({ name: option.names[0] ?? '', option, value, word });
  };
  const equals = start.indexOf('=');
  const single = grammar.dashes === 'single';
  const name = equals > 0 ? start.slice(0, equals) : start;
  const long = table.byName.get(single && name.startsWith('--') ? name.slice(1) : name);
  if (long && (start.startsWith('--') || single)) {
    if (equals > 0) {
      // A flag has no value, but for `-v=true` where names have one dash.
      if (long.kind || (single && /^(true|false)$/.test(start.slice(equals + 1))))
        add(long, long.kind ? rest(equals + 1) : null);
      else unknown.push(word);
      return 0;
    }
    if (word.kind === 'dynamic') {
      unknown.push(word);
      return 0;
    }
    if (!long.kind || long.joined) {
      add(long, null);
      return 0;
    }
    if (!next || (long.second && !further)) unknown.push(word);
    else add(long, next);
    if (long.second && further)
      given.push({ name: `${long.names[0]} 2`, option: { ...long, kind: long.second }, value: further, word: further });
    return long.second ? 2 : 1;
  }
  if (single && !start.startsWith('--')) {
    for (let length = Math.min(start.length - 1, 24); length > 1; length -= 1) {
      const option = table.byName.get(start.slice(0, length));
      if (!option?.kind || !(option.joined || /^-[ILlDUPT]$/.test(start.slice(0, length)))) continue;
      add(option, rest(length));
      return 0;
    }
  }
  if (start.startsWith('--') || single) {
    unknown.push(word);
    return 0;
  }
  if (table.numbers && /^-\d+$/.test(word.text)) return 0;
  for (let at = 1; at < start.length; at += 1) {
    const option = table.byName.get(`-${start[at]}`);
    if (!option) {
      unknown.push(word);
      return 0;
    }
    if (!option.kind) {
      add(option, null);
      continue;
    }
    // Some programs leave out a `=` that stands there, and some do not.
    if (start[at + 1] === '=' && option.kind !== 'text') {
      unknown.push(word);
      return 0;
    }
    if (at + 1 < start.length || (word.kind === 'dynamic' && at + 1 === start.length)) {
      add(option, rest(at + 1));
      return 0;
    }
    if (option.joined) add(option, null);
    else if (next) {
      add(option, next);
      return 1;
    } else unknown.push(word);
    return 0;
  }
  if (word.kind === 'dynamic') unknown.push(word);
  return 0;
}
