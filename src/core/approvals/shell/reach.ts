import { isAbsolute, resolve } from 'node:path';
import type { Autonomy } from '../../../contract/agent/state.ts';
import type { ProtectedThing } from '../../../contract/approval/state.ts';
import { truncate } from '../../../contract/text.ts';
import { isWithin } from '../../base/is-within.ts';
import { expandPattern } from './expand.ts';
import { namesMeet } from './glob.ts';
import { isChange, type Needs, type Span, type Touched, type Use } from './parts.ts';
import { type Grounds, isDevice, LONGEST_PATH, type PathZone, resolveReal, zoneOf } from './paths.ts';
import { protectedPath } from './protect.ts';
import type { Arg, Known, Variables } from './words.ts';

/** A judge gives nothing back: what it finds is noted in the reach. */
export type Noted = undefined;

/** Where a command may be. */
export interface Where {
  /** Every folder that is possible now. */
  folders: ReadonlySet<string>;
  /** Every folder that was possible at any time. */
  readonly seen: Set<string>;
  /** Where the last `cd` leads if it succeeds. */
  moved: ReadonlySet<string> | null;
  /** What follows may run more than once. */
  repeats?: boolean;
  /** A folder was changed in what may run at any time, so that no folder is sure any more. */
  unsure?: boolean;
  /** It went to a folder outside the workspace, so that plain names no longer are in it. */
  lost?: boolean;
}

const MOST_FOLDERS = 16;
const MOST_ARGUMENTS = 2_000;

/** What judging a command has to go by, and where it writes down what it finds. */
export interface Reach {
  readonly grounds: Grounds;
  readonly autonomy: Autonomy;
  readonly where: Where;
  readonly variables: Variables;
  /** Variables that can only hold a whole number. */
  readonly numbers: ReadonlySet<string>;
  /** Functions that the command itself has defined by now. */
  readonly functions: ReadonlySet<string>;
  /** `plain`: a shell that knows no more than POSIX says runs it, and reads the rest in another way. */
  readonly shell: 'bash' | 'plain';
  /** The branch that others build on; null when it is not known. */
  readonly defaultBranch: string | null;
  /** Notes a doubt about the part at hand. Without `needs` no rule can answer it. */
  refuse(why: string, needs?: Needs): Noted;
  /** The part at hand does something that is always asked about. */
  protect(thing: ProtectedThing, words?: string): Noted;
  /** The part at hand names a real path. */
  touch(touched: Touched): Noted;
  /** Something is, or may be, changed. */
  change(): Noted;
  /** Whether positions in the syntax are those in the text of the whole command. */
  readonly placed: boolean;
  /** Judges one simple command as a part of its own; the first word is its name. */
  command(argv: readonly Arg[], span?: Span, from?: Reach): Noted;
  /** Judges what is no command, such as a redirection, as a part of its own. */
  piece(source: string, judge: () => Noted, span?: Span): Noted;
  /** Judges the text of another shell command, such as that of `sh -c`. */
  script(text: string, shell?: Reach['shell']): Noted;
}

/** What is known where a word of the command stands. */
export function knownIn({ variables, numbers, grounds, where }: Reach): Known {
  const [folder, ...others] = where.folders;
  return { variables, numbers, home: grounds.home, folder: others.length > 0 || where.lost ? null : (folder ?? null) };
}

/** Why a command that reaches an address is refused. */
export const NETWORK = 'network access';

/** Why a shell is refused that reads what it runs from its input. */
export const UNSEEN_SCRIPT = 'running a script that you cannot see here';

/** Every argument that may name a path. An address is refused: it leads out. */
export function judgePaths(args: readonly Arg[], use: Use, reach: Reach, deep = false): Noted {
  if (isChange(use)) reach.change();
  judgeNames(args, use, reach, deep, (arg) => reach.refuse(`\`${shown(arg.text)}\`, ${NETWORK}`, [arg]));
}

/** The arguments of a command that is a question anyway: a rule that allows it does not allow every file. */
export function judgeReach(args: readonly Arg[], reach: Reach): Noted {
  reach.change();
  judgeNames(args, 'write', reach, false, () => undefined);
}

/** Whether an argument is, or leads to, an address. */
export function isAddress({ text }: Arg): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^[\w.-]+@[\w.-]+:/.test(text);
}

function judgeNames(args: readonly Arg[], use: Use, reach: Reach, deep: boolean, address: (arg: Arg) => Noted): Noted {
  if (args.length > MOST_ARGUMENTS) return reach.refuse('a command with too many arguments to judge');
  let dynamic = false;
  for (const arg of args) {
    if (arg.kind === 'dynamic') {
      if (!dynamic) reach.refuse(`an argument that is only known when the command runs (\`${shown(arg.text)}\`)`);
      dynamic = true;
      continue;
    }
    const leads = isAddress(arg);
    if (leads) address(arg);
    if (leads && !/^file:/i.test(arg.text)) continue;
    for (const path of pathsIn(arg)) judgePath(path, use, reach, arg, deep);
  }
}

/** The paths an argument may name: itself, and what stands behind `=`, `:`, `,`, `@` or a one-letter option. */
function pathsIn(arg: Arg): Arg[] {
  const found: Arg[] = arg.text.startsWith('-') || arg.text === '' ? [] : [arg];
  const option = /^-[A-Za-z](?=[/~.])(.+)$/s.exec(arg.text)?.[1];
  const pieces = [option, ...arg.text.split(/[=:,@]/).slice(1)];
  for (const piece of pieces) {
    if (piece && /^([/~]|\.\.?(\/|$))|\/\.\.(\/|$)/.test(piece))
      found.push({ ...arg, text: piece, tilde: piece.startsWith('~') });
  }
  return found;
}

/**
 * Judges one path from every folder the command may be in. For a pattern, what stands before the first wildcard counts.
 * `remove`: taking away the path itself, so that the top folder of the workspace is out of bounds too.
 */
export function judgePath(arg: Arg, use: Use, reach: Reach, word: Arg = arg, deep = false): Noted {
  const { grounds } = reach;
  if (arg.kind === 'dynamic') {
    return reach.refuse(`${VERBS[use]} a place that is only known when the command runs (\`${shown(arg.text)}\`)`);
  }
  const written = withoutWildcards(arg);
  if (written === null) return reach.refuse(`${VERBS[use]} \`${shown(arg.text)}\`, which cannot be followed`);
  const path = expandTilde(written, arg, grounds.home);
  if (path === null) return reach.refuse(`${VERBS[use]} the home of another user (\`${shown(arg.text)}\`)`);
  if (path.length > LONGEST_PATH) return reach.refuse(`${VERBS[use]} a path that is too long to follow`);
  if (isDevice(path)) return;
  if (reach.where.lost && use === 'remove' && !isAbsolute(path)) reach.protect('delete-outside');
  const wild = wildEnd(arg);
  for (const folder of reach.where.folders) {
    const real = resolveReal(path, folder, grounds.realpath);
    const zone = isOfProcess(resolve(folder, path)) ? 'secret' : zoneOf(real, grounds);
    const touched = wild === null ? real : `${real === '/' ? '' : real}/${wild}`;
    reach.touch({ path: touched, use, deep });
    for (const [thing, words] of protectedPath(real, touched, use, grounds)) reach.protect(thing, words);
    const why = refusalOf(zone, real, arg, use, reach);
    // A rule may only mean a place that is where it says: without a link on the way, and from wherever one stands.
    const plain = isAbsolute(path) && resolve(path) === real;
    if (why) return reach.refuse(why, plain ? [word] : undefined);
    if (isChange(use) && zone !== 'device') reach.change();
    if (wild !== null) judgeMatches(arg, wild, real, { use, deep }, reach);
  }
}

/** What a pattern stands for now, which may be a key, or lead elsewhere by a link. */
function judgeMatches(
  arg: Arg,
  wild: string,
  folder: string,
  { use, deep }: Omit<Touched, 'path'>,
  reach: Reach,
): Noted {
  const { grounds } = reach;
  const matches = expandPattern(wild, folder, grounds);
  if (matches === null) return reach.refuse(`\`${shown(arg.text)}\`, which stands for too many files to look at`);
  for (const real of matches) {
    if (!isWithin(folder, real)) reach.touch({ path: real, use, deep });
    for (const [thing, words] of protectedPath(real, real, use, grounds)) reach.protect(thing, words);
    const why = refusalOf(zoneOf(real, grounds), real, { ...arg, kind: 'literal' }, use, reach);
    if (why) return reach.refuse(`\`${shown(arg.text)}\`, which may be ${why}`);
  }
}

/** What of a pattern stands behind its fixed folder; null for what is none. */
function wildEnd({ kind, text }: Arg): string | null {
  const at = kind === 'pattern' ? text.search(/[*?]/) : -1;
  return at < 0 ? null : text.slice(text.lastIndexOf('/', at) + 1);
}

/** Each process sees its own files there, and Drover would see others than the command. */
function isOfProcess(path: string): boolean {
  return /^\/(proc\/(self|thread-self|\d+)|dev\/fd)(\/|$)/.test(path);
}

/**
 * Goes to a folder: from now on it is possible, as well as where the command was, in case that fails. A shell follows
 * `..` in the path as written, other programs in the real one, so both count.
 */
export function enterFolder(target: string, reach: Reach): Noted {
  const { where, grounds } = reach;
  if (where.repeats && /(^|\/)\.\.(\/|$)/.test(target)) return reach.refuse('going up in what may run more than once');
  if (where.repeats) where.unsure = true;
  const moved = new Set<string>();
  for (const folder of where.folders) {
    const real = resolveReal(target, folder, grounds.realpath);
    for (const place of [real, resolve(folder, target)]) {
      if (zoneOf(place, grounds) !== 'inside') {
        where.lost = true;
        return reach.refuse(`going to ${shown(place)}, which is outside the workspace`);
      }
      moved.add(place);
      where.seen.add(place);
    }
  }
  const folders = new Set([...where.folders, ...moved]);
  if (folders.size > MOST_FOLDERS) return reach.refuse('changing the folder so often that it cannot be followed');
  where.moved = moved;
  where.folders = folders;
}

const VERBS = { read: 'reading', list: 'listing', write: 'writing to', remove: 'removing' };

/** Names that decide what runs in the workspace. */
const GUARDED = ['.git', '.husky', '.mcp.json'];

function refusalOf(zone: PathZone, real: string, arg: Arg, use: Use, { grounds, autonomy }: Reach): string | null {
  const what = `${VERBS[use]} ${shown(real)}`;
  if (arg.kind === 'pattern') {
    const hidden = arg.text.split('/').filter((part) => part.startsWith('.') && /[*?]/.test(part));
    if (hidden.some((part) => namesMeet(part, '..'))) return `${VERBS[use]} \`${shown(arg.text)}\`, which may lead up`;
    const guarded = [...GUARDED, ...grounds.agents.flatMap((files) => files.guarded.map(({ folder }) => folder))];
    if (isChange(use) && hidden.some((part) => guarded.some((name) => namesMeet(part, name)))) {
      return `${VERBS[use]} \`${shown(arg.text)}\`, which may decide what runs in this workspace`;
    }
  }
  switch (zone) {
    case 'device':
      return null;
    case 'inside':
      if (use === 'remove' && real === grounds.workspace && arg.kind === 'literal')
        return `${what}, which is the workspace itself`;
      return null;
    case 'guarded':
      return isChange(use) ? `${what}, which decides what runs in this workspace` : null;
    case 'outside':
      return !isChange(use) && autonomy === 'auto' ? null : `${what}, which is outside the workspace`;
    case 'secret':
      return use === 'list' || isWithin(real, grounds.home)
        ? `${what}, which is outside the workspace`
        : `${what}, which is outside the workspace and may hold secrets`;
  }
}

function withoutWildcards(arg: Arg): string | null {
  if (arg.kind === 'literal') return arg.text;
  const at = arg.text.search(/[*?]/);
  if (at < 0) return arg.text;
  if (/(^|\/)\.\.(\/|$)/.test(arg.text.slice(at))) return null;
  const folder = arg.text.slice(0, arg.text.lastIndexOf('/', at) + 1);
  return folder === '' ? '.' : folder;
}

function expandTilde(path: string, arg: Arg, home: string): string | null {
  if (!arg.tilde || !path.startsWith('~')) return path;
  if (path === '~' || path.startsWith('~/')) return home + path.slice(1);
  return path === '~+' || path.startsWith('~+/') ? `.${path.slice(2)}` : null;
}

/** Text of an agent in a sentence: in one line, without what cannot be seen, and not too long. */
export function shown(text: string, max = 200): string {
  const line = text.slice(0, max + 1).replace(/\p{Cc}|\p{Cf}|\p{Cs}|[\u2028\u2029]/gu, '?');
  return truncate(line, max);
}
