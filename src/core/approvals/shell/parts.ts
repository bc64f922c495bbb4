import type { ProtectedThing } from '../../../contract/approval/state.ts';
import type { Arg } from './words.ts';

/** What is done with a path: `list` shows names and sizes, and nothing of what is in the files. */
export type Use = 'read' | 'list' | 'write' | 'remove';

/** Whether a use changes what is there. */
export function isChange(use: Use): boolean {
  return use === 'write' || use === 'remove';
}

/**
 * What a rule has to say so that it answers a doubt: the words that raise it, spelled out; or the whole command, without
 * a `*` at its end. Left out, no rule can answer it.
 */
export type Needs = readonly Arg[] | 'whole';

/** Why a part is not allowed by the autonomy. `why` is the end of a sentence: what it would do. */
export interface Doubt {
  why: string;
  needs: Needs | null;
}

/** A stretch of the text of a command, in UTF-16 units; `end` excluded. */
export interface Span {
  pos: number;
  end: number;
}

export interface Touched {
  path: string;
  use: Use;
  /** Everything below it is touched too. */
  deep: boolean;
}

/** One simple command in a shell command, or a piece that is none, such as a redirection. */
export interface Part {
  /** Null for what is no command. */
  argv: readonly Arg[] | null;
  text: string;
  /** Where it stands; null where that is not known. */
  span: Span | null;
  /** The command that runs this one, such as `timeout`, `sh -c` or `find -exec`. */
  runBy: Part | null;
  doubts: Doubt[];
  /** Something is, or may be, changed. */
  changes: boolean;
  /** What of it is always asked about, and in which words; null for the usual ones. */
  protects: Map<ProtectedThing, string | null>;
  /** The real paths it names, as far as they are known; for a pattern, what may follow has `*`, `?` and `**` in it. */
  touched: Touched[];
  /** Whether it runs in the top folder of the workspace and nowhere else. */
  atTop: boolean;
}

export function createPart(given: Pick<Part, 'argv' | 'text' | 'span' | 'runBy' | 'atTop'>): Part {
  return { ...given, doubts: [], changes: false, protects: new Map(), touched: [] };
}

const PLAIN = /^[\w@%+=:,./-]+$/;

/** A command as one would type it. */
export function writtenOut(argv: readonly Arg[]): string {
  return argv.map(writtenWord).join(' ');
}

function writtenWord({ kind, text, tilde }: Arg): string {
  if (kind !== 'literal' || PLAIN.test(text) || (tilde && PLAIN.test(text.slice(1)))) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
