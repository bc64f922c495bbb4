import { isAbsolute } from 'node:path';
import { parse } from 'unbash';
import type { Rule } from '../../contract/approval/rule.ts';
import { fileUse, type NamedFile, shortPath } from './files.ts';
import { fitsGlob, type Glob, readGlob } from './glob.ts';
import { type Doubt, type Part, type Use, writtenOut } from './parts.ts';
import { type Grounds, isWithin, LONGEST_PATH } from './paths.ts';
import { type Arg, readWord } from './shell-words.ts';

/** The tool whose calls are shell commands. */
export const SHELL_TOOL = 'Bash';

/** The pattern of a rule for commands: the words it begins with, and whether anything may follow. */
export interface CommandPattern {
  words: readonly Arg[];
  open: boolean;
}

/** Reads the pattern of a rule for commands. Null for what is more, or less, than one plain command. */
export function readCommandPattern(text: string, home: string): CommandPattern | null {
  return readCommand(`${home}\0${text}`, () => parsePattern(text, home));
}

const readCommand = remember<CommandPattern | null>();
const readPath = remember<Glob | null>();

/** The same few patterns are read for every part of every call. */
function remember<T>(most = 1_000): (key: string, read: () => T) => T {
  const known = new Map<string, T>();
  return (key, read) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= most) known.clear();
    const value = read();
    known.set(key, value);
    return value;
  };
}

function parsePattern(text: string, home: string): CommandPattern | null {
  if (text.trim() === '*') return { words: [], open: true };
  if (text.length > LONGEST_PATH || /[\p{Cc}\p{Cf}]/u.test(text)) return null;
  const script = parse(text);
  const [statement, ...more] = script.commands;
  if (!statement || script.errors?.length || more.length > 0 || statement.background) return null;
  const { command } = statement;
  if (command.type !== 'Command') return null;
  if (!command.name || command.prefix.length > 0 || statement.end < text.trimEnd().length) return null;
  const words: Arg[] = [];
  let open = false;
  for (const [index, word] of [command.name, ...command.suffix].entries()) {
    if (word.type !== 'Word') return null;
    // Only the last word may stand for anything.
    if (open) return null;
    if (word.text === '*' && index > 0) {
      open = true;
      continue;
    }
    if (/\[|\$(?!HOME\b)/.test(word.text.replace(/'[^']*'/g, ''))) return null;
    words.push(...readWord(word, new Map(), home));
  }
  return words.some((word) => word.kind === 'dynamic') ? null : { words, open };
}

/**
 * How a pattern fits a command: `maybe` where that is only known when the command runs. A word is the same only when
 * it is so letter by letter, after the shell has taken away quotes.
 */
export function fitsCommand({ words, open }: CommandPattern, argv: readonly Arg[]): 'yes' | 'no' | 'maybe' {
  for (const [index, word] of words.entries()) {
    const arg = argv[index];
    if (!arg) return 'no';
    if (arg.kind === 'dynamic') return 'maybe';
    if (!isSame(word, arg)) return 'no';
  }
  return open || argv.length === words.length ? 'yes' : 'no';
}

/** File names that are filled in are more than the name that looks like them. */
function isSame(word: Arg, arg: Arg): boolean {
  const tilde = word.text.startsWith('~') && word.tilde !== arg.tilde;
  return word.text === arg.text && !tilde && (arg.kind === 'literal' || word.kind === 'pattern');
}

/** Whether the tool a rule names is this one. `mcp__server__*` stands for every tool of a server. */
export function fitsTool(rule: Pick<Rule, 'tool'>, tool: string): boolean {
  if (rule.tool === '*' || rule.tool === tool) return true;
  return /^mcp__.+\*$/.test(rule.tool) && tool.startsWith(rule.tool.slice(0, -1));
}

/** A rule of this decision stands in the way of a part, whichever way the part is written: `maybe` where one must ask. */
export function isAbout(rule: Rule, part: Part, grounds: Grounds): 'yes' | 'no' | 'maybe' {
  if (part.touched.some(({ path, use }) => isAboutPath(rule, path, use, grounds))) return 'yes';
  if (!fitsTool(rule, SHELL_TOOL)) return 'no';
  if (rule.pattern.trim() === '*') return 'yes';
  if (!part.argv) return 'no';
  const pattern = readCommandPattern(rule.pattern, grounds.home);
  if (!pattern) return 'no';
  let about: 'no' | 'maybe' = 'no';
  for (const argv of spellings(part.argv)) {
    const fits = fitsCommand(pattern, argv);
    if (fits === 'yes') return fits;
    if (fits === 'maybe') about = fits;
  }
  return about;
}

/** The same command as a rule may spell it: by the name of the program alone, and without options before its verb. */
function spellings(argv: readonly Arg[]): readonly (readonly Arg[])[] {
  const before = SPELLED.get(argv);
  if (before) return before;
  const all = spell(argv);
  SPELLED.set(argv, all);
  return all;
}

const SPELLED = new WeakMap<readonly Arg[], readonly (readonly Arg[])[]>();

function spell(argv: readonly Arg[]): readonly (readonly Arg[])[] {
  const [head, ...args] = argv;
  if (!head) return [];
  const name: Arg = { ...head, text: head.text.slice(head.text.lastIndexOf('/') + 1), tilde: false };
  const plain = { ...name, text: name.text.toLowerCase() };
  const all: (readonly Arg[])[] = [argv];
  if (name.text !== head.text) all.push([name, ...args]);
  if (plain.text !== name.text) all.push([plain, ...args]);
  const valued =
    plain.text === 'git' ? /^(-C|-c|--git-dir|--work-tree|--namespace|--config-env)$/ : /^--(prefix|cwd|dir|filter)$/;
  let at = 0;
  while (args[at]?.text.startsWith('-')) at += valued.test(args[at]?.text ?? '') ? 2 : 1;
  return at === 0 ? all : [...all, [plain, ...args.slice(at)]];
}

/** Whether a rule that denies or asks is about a file, by whatever tool or command it is reached. */
export function isAboutPath(rule: Pick<Rule, 'tool' | 'pattern'>, path: string, use: Use, grounds: Grounds): boolean {
  const ruled = rule.tool === '*' ? use : fileUse(rule.tool);
  if (ruled === null || (ruled === 'read') !== (use === 'read')) return false;
  return rule.pattern === '*' ? rule.tool !== '*' : fitsPath(rule.pattern, path, grounds);
}

/** Whether a real path fits the glob of a rule: one that is relative only fits inside the workspace. */
export function fitsPath(pattern: string, path: string, { workspace, home }: Grounds): boolean {
  const written = pattern === '~' || pattern.startsWith('~/') ? home + pattern.slice(1) : pattern;
  const glob = readPath(written, () => readGlob(written.replace(/^\.\//, '')));
  if (!glob) return false;
  if (isAbsolute(written)) return fitsGlob(path, glob);
  return isWithin(workspace, path) && fitsGlob(shortPath(path, workspace), glob);
}

/**
 * Whether a rule that allows covers a file. Wildcards do not reach what decides what runs in the workspace: that has to
 * be spelled out.
 */
export function coversFile(rule: Rule, tool: string, { real, place }: NamedFile, grounds: Grounds): boolean {
  if (rule.tool !== tool) return false;
  if (rule.pattern === '*') return place === 'inside';
  const wild = /[*?{]/.test(rule.pattern);
  return (
    (!wild || place === 'inside' || place === 'outside' || place === 'secret') && fitsPath(rule.pattern, real, grounds)
  );
}

/** Whether a rule that allows covers an address: the same letter by letter, or all that begins so. */
export function coversAddress(pattern: string, url: unknown): boolean {
  if (pattern === '*') return true;
  if (typeof url !== 'string' || url.length > LONGEST_PATH) return false;
  if (!pattern.endsWith('*')) return pattern === url;
  const start = addressOf(pattern.slice(0, -1));
  const asked = addressOf(url);
  // The path is part of it, or `https://a.example*` would also be `https://a.example.evil`.
  if (!start || !asked || !/^[a-z]+:\/\/[^/]+\//i.test(pattern)) return false;
  return start.origin === asked.origin && asked.username === '' && asked.href.startsWith(start.href);
}

function addressOf(text: string): URL | null {
  try {
    const url = new URL(text);
    return /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url : null;
  } catch {
    return null;
  }
}

/**
 * Whether the rules that allow cover a part: each doubt about it is answered by a rule that names what raises it, and
 * what it changes by any rule that fits. A rule for the whole command that runs it, spelled out, covers it too.
 */
export function coveredBy(part: Part, rules: readonly Rule[], home: string): Rule | null {
  const fitting = rules.flatMap((rule) => {
    const pattern = fitsTool(rule, SHELL_TOOL) ? readCommandPattern(rule.pattern, home) : null;
    return pattern && fitsPart(pattern, part) ? [{ rule, pattern }] : [];
  });
  const [first] = fitting;
  if (!first) return null;
  const open = part.doubts.find((doubt) => !fitting.some(({ pattern }) => answers(pattern, part, doubt)));
  return open
    ? null
    : (fitting.find(({ pattern }) => part.doubts.some((doubt) => answers(pattern, part, doubt))) ?? first).rule;
}

function fitsPart(pattern: CommandPattern, part: Part): boolean {
  if (fitsOwn(pattern, part)) return true;
  return !pattern.open && part.runBy !== null && fitsPart(pattern, part.runBy);
}

function fitsOwn(pattern: CommandPattern, { argv, atTop }: Part): boolean {
  // Elsewhere `./run.sh` is another program.
  const [head] = argv ?? [];
  if (!argv || !head || (head.text.includes('/') && !isAbsolute(head.text) && !atTop)) return false;
  return fitsCommand(pattern, argv) === 'yes';
}

function answers(pattern: CommandPattern, part: Part, { needs }: Doubt): boolean {
  if (needs === null) return false;
  if (!pattern.open) return true;
  return (
    needs !== 'whole' && fitsOwn(pattern, part) && needs.every((arg) => pattern.words.some((word) => isSame(word, arg)))
  );
}

/** The command of a part as a pattern that fits it and nothing else; null where there is none. */
export function patternOf({ argv }: Part, home: string): string | null {
  const text = argv ? writtenOut(argv) : '';
  const pattern = text.length <= LONGEST_PATH ? readCommandPattern(text, home) : null;
  return argv && pattern && !pattern.open && fitsCommand(pattern, argv) === 'yes' ? text : null;
}
