import type { ProtectedThing } from '../../../../contract/approval/state.ts';
import type { Noted, Reach } from '../reach.ts';
import type { Arg } from '../words.ts';
import type { Found } from './options.ts';

/**
 * What a word is, and so how it is judged. `text`: never a path or a command. `plain`: a name, only letters that mean
 * nothing to a program. `read`, `list`, `write`, `remove`: a path. `search`: a folder that is read with all below it.
 * `folder`: where the command works. `names`: a file with the names of other files. `program`: what is run. `code`: a text of the
 * shell. `git`, `git-change`: a commit, a file of one, or a path. `any`: a word of a program of the project, which may be a path to change.
 */
export type Kind =
  | 'text'
  | 'plain'
  | 'read'
  | 'search'
  | 'list'
  | 'write'
  | 'remove'
  | 'folder'
  | 'names'
  | 'program'
  | 'code'
  | 'git'
  | 'git-change'
  | 'any';

/**
 * What is understood of a command, as data. Everything that does not stand here is a question.
 *
 * `options` are words: `[abc]` are letters without a value, `-n,--lines:text` is one option by two names with a value of
 * that kind (joined to it, behind `=`, or the next word), `--color::text` one whose value only stands joined to it, `--arg:text+read` one with two values, and
 * `-#` a number such as `-20`. A letter may be in a cluster. Nothing is abbreviated. `operands` are kinds in their order,
 * of which one may have a `*` for any number: `text read*`.
 */
export interface Grammar {
  /** `reads`: changes nothing. `runs`: code of the project, which is in the work. */
  does: 'reads' | 'changes' | 'runs';
  options?: string;
  operands?: string;
  /** Subcommands; `options` are then those before one of them, and count behind it as well. */
  verbs?: Readonly<Record<string, Grammar>>;
  /** Always a question, and why. */
  asks?: string;
  protects?: ProtectedThing;
  /** Nothing behind the first operand is an option. */
  stops?: boolean;
  /** Long names with one dash: `-run x`. */
  dashes?: 'single';
  /** Operands are texts, whatever they hold: not even what looks like an option means anything. */
  texts?: boolean;
  /** Judges what is none of the verbs: the verb, and what stands behind it. */
  orElse?: (words: readonly Arg[], reach: Reach, name: string) => Noted;
  /** What the words alone do not tell. */
  also?: (found: Found, reach: Reach, name: string) => Noted;
}

export interface Option {
  names: readonly string[];
  kind: Kind | null;
  /** The kind of the word behind the value, where there are two. */
  second: Kind | null;
  /** The value only counts when it is joined to the option. */
  joined: boolean;
  /** It reaches beyond the workspace, so that a rule has to name it. */
  beyond: boolean;
}

export interface Options {
  byName: ReadonlyMap<string, Option>;
  /** Whether a number such as `-20` is one. */
  numbers: boolean;
}

const READ = new Map<string, Options>();

function flag(name: string): Option {
  return { names: [name], kind: null, second: null, joined: false, beyond: false };
}

/** The options a text of this language lists; see `Grammar`. */
export function readOptionTable(text: string): Options {
  const before = READ.get(text);
  if (before) return before;
  const byName = new Map<string, Option>();
  for (const word of text.split(/\s+/)) {
    const letters = /^\[(.+)\]$/.exec(word)?.[1];
    if (letters) for (const letter of letters) byName.set(`-${letter}`, flag(`-${letter}`));
    else if (word !== '' && word !== '-#') {
      const beyond = word.includes('!');
      const [names = '', kind = '', only] = word.replace('!', '').split(':');
      const [first, second] = (only ?? kind).split('+') as Kind[];
      const option: Option = {
        ...flag(names),
        kind: first || null,
        second: second ?? null,
        joined: only !== undefined,
        beyond,
        names: names.split(','),
      };
      for (const name of option.names) byName.set(name, option);
    }
  }
  const table = { byName, numbers: /(^|\s)-#(\s|$)/.test(text) };
  READ.set(text, table);
  return table;
}

/** The kind of each operand, by how many there are; null where there is one too many. */
export function kindsOf(layout: string, count: number): Kind[] | null {
  const kinds = layout.split(' ').filter((word) => word !== '');
  const many = kinds.findIndex((kind) => kind.endsWith('*'));
  if (many < 0) return count <= kinds.length ? (kinds.slice(0, count) as Kind[]) : null;
  const first = kinds.slice(0, many);
  const last = kinds.slice(many + 1);
  const rest = Math.max(0, count - first.length - last.length);
  const repeated = (kinds[many] ?? '').slice(0, -1);
  return [...first, ...Array.from({ length: rest }, () => repeated), ...last].slice(0, count) as Kind[];
}

export const reads = (options: string, operands = 'read*', more: Partial<Grammar> = {}): Grammar => ({
  does: 'reads',
  options,
  operands,
  ...more,
});
export const changes = (options: string, operands = 'write*', more: Partial<Grammar> = {}): Grammar => ({
  does: 'changes',
  options,
  operands,
  ...more,
});
export const runs = (options: string, operands = 'any*', more: Partial<Grammar> = {}): Grammar => ({
  does: 'runs',
  options,
  operands,
  ...more,
});
export const asks = (why: string, options = '', operands = 'any*', more: Partial<Grammar> = {}): Grammar => ({
  does: 'changes',
  asks: why,
  options,
  operands,
  ...more,
});

/** Two things that the words alone do not tell. */
export function both(first: NonNullable<Grammar['also']>, second: NonNullable<Grammar['also']>): Grammar['also'] {
  return (found, reach, name) => {
    first(found, reach, name);
    return second(found, reach, name);
  };
}

/** The same grammar under several names. */
export function each(names: string, grammar: Grammar): Record<string, Grammar> {
  return Object.fromEntries(names.split(' ').map((name) => [name, grammar]));
}
