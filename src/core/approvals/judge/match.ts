import { isAbsolute } from 'node:path';
import { parse } from 'unbash';
import type { Rule } from '../../../contract/approval/rule.ts';
import { COMMAND_TOOL, ruleNameOf, ruleTool } from '../../../contract/approval/rule-tool.ts';
import { fileUse, type ToolCall } from '../../../contract/run/tool-call.ts';
import { isWithin } from '../../base/is-within.ts';
import { fitsGlob, type Glob, overlaps, readGlob } from '../shell/glob.ts';
import { type Canonical, canonicalOf, isSameCommand } from '../shell/grammar/canonical.ts';
import { type Doubt, isChange, type Part, type Touched, type Use, writtenOut } from '../shell/parts.ts';
import { type Grounds, LONGEST_PATH } from '../shell/paths.ts';
import { type Arg, readWord } from '../shell/words.ts';
import { type NamedFile, shortPath } from './files.ts';

/** The pattern of a rule for commands: the words it begins with, and whether anything may follow. */
export interface CommandPattern {
  words: readonly Arg[];
  open: boolean;
}

/** Reads the pattern of a rule for commands. Null for what is more, or less, than one plain command. */
export function readCommandPattern(text: string, home: string): CommandPattern | null {
  return readCommandOnce(`${home}\0${text}`, () => parsePattern(text, home));
}

const readCommandOnce = remember<CommandPattern | null>();
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
    words.push(...readWord(word, { variables: new Map(), numbers: new Set(), home, folder: null }));
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

function isForCommands({ tool }: Pick<Rule, 'tool'>): boolean {
  return tool === '*' || tool === COMMAND_TOOL;
}

/** What the tool that a rule names does with files; null for one that is not about files. */
export function ruleUse(tool: string): 'read' | 'write' | null {
  const known = ruleTool(tool);
  return known && fileUse(known.kind);
}

/** A rule of this decision stands in the way of a part, whichever way the part is written: `maybe` where one must ask. */
export function isAbout(rule: Rule, part: Part, grounds: Grounds): 'yes' | 'no' | 'maybe' {
  if (part.touched.some((touched) => isAboutTouched(rule, touched, grounds))) return 'yes';
  if (!isForCommands(rule)) return 'no';
  if (rule.pattern.trim() === '*') return 'yes';
  if (!part.argv) return 'no';
  const pattern = readCommandPattern(rule.pattern, grounds.home);
  if (!pattern) return 'no';
  const fits = fitsCommand(pattern, part.argv);
  if (fits === 'yes') return fits;
  const named = once(pattern.words, PATTERNS);
  const given = once(part.argv, SPELLED);
  const same = named && given ? isSameCommand(named, given, pattern.open) : 'no';
  return same === 'no' ? fits : same;
}

const SPELLED = new WeakMap<readonly Arg[], Canonical | null>();
const PATTERNS = new WeakMap<readonly Arg[], Canonical | null>();

function once(argv: readonly Arg[], known: WeakMap<readonly Arg[], Canonical | null>): Canonical | null {
  const before = known.get(argv);
  if (before !== undefined) return before;
  const read = canonicalOf(argv);
  known.set(argv, read);
  return read;
}

/** Whether a rule that denies or asks is about what a command touches: a pattern, or all below a folder, may be it. */
function isAboutTouched(rule: Pick<Rule, 'tool' | 'pattern'>, { path, use, deep }: Touched, grounds: Grounds): boolean {
  if (isAboutPath(rule, path, use, grounds)) return true;
  if (!deep && !/[*?]/.test(path)) return false;
  const ruled = rule.tool === '*' ? use : ruleUse(rule.tool);
  if (ruled === null || use === 'list' || (ruled === 'read') === isChange(use) || rule.pattern === '*') return false;
  const written = expandHome(rule.pattern, grounds.home);
  const glob = readPath(written, () => readGlob(written.replace(/^\.\//, '')));
  if (!glob) return false;
  const touched = deep ? `${path}/**` : path;
  if (isAbsolute(written)) return overlaps(glob, touched);
  // What lies above the workspace holds it all.
  if (deep && isWithin(path, grounds.workspace)) return true;
  return isWithin(grounds.workspace, path) && overlaps(glob, shortPath(touched, grounds.workspace));
}

/** Whether a rule that denies or asks is about a file, by whatever tool or command it is reached. */
export function isAboutPath(rule: Pick<Rule, 'tool' | 'pattern'>, path: string, use: Use, grounds: Grounds): boolean {
  const ruled = rule.tool === '*' ? use : ruleUse(rule.tool);
  if (ruled === null || use === 'list' || (ruled === 'read') === isChange(use)) return false;
  return rule.pattern === '*' ? rule.tool !== '*' : fitsPath(rule.pattern, path, grounds);
}

function expandHome(pattern: string, home: string): string {
  return pattern === '~' || pattern.startsWith('~/') ? home + pattern.slice(1) : pattern;
}

/** Whether a real path fits the glob of a rule: one that is relative only fits inside the workspace. */
export function fitsPath(pattern: string, path: string, { workspace, home }: Grounds): boolean {
  const written = expandHome(pattern, home);
  const glob = readPath(written, () => readGlob(written.replace(/^\.\//, '')));
  if (!glob) return false;
  if (isAbsolute(written)) return fitsGlob(path, glob);
  return isWithin(workspace, path) && fitsGlob(shortPath(path, workspace), glob);
}

/**
 * Whether a rule that allows covers a file. Wildcards do not reach what decides what runs in the workspace: that has to
 * be spelled out.
 */
export function coversFile(rule: Rule, call: ToolCall, { real, zone }: NamedFile, grounds: Grounds): boolean {
  if (rule.tool !== ruleNameOf(call)) return false;
  if (rule.pattern === '*') return zone === 'inside';
  const wild = /[*?{]/.test(rule.pattern);
  return (
    (!wild || zone === 'inside' || zone === 'outside' || zone === 'secret') && fitsPath(rule.pattern, real, grounds)
  );
}

/** Whether a rule that allows covers an address: the same letter by letter, or all that begins so. */
export function coversAddress(pattern: string, url: string | null): boolean {
  if (pattern === '*') return true;
  if (url === null || url.length > LONGEST_PATH) return false;
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
    const pattern = isForCommands(rule) ? readCommandPattern(rule.pattern, home) : null;
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
