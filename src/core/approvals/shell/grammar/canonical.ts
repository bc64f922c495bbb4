import { GIT_GLOBALS } from '../commands/git.ts';
import { GIT_VERBS } from '../commands/git-verbs.ts';
import { grammarOf, plainNameOf } from '../commands/registry.ts';
import { WRAPPERS } from '../commands/table.ts';
import type { Arg } from '../words.ts';
import type { Grammar } from './grammar.ts';
import { readOptions } from './options.ts';

/** A command as its grammar reads it, so that two spellings of one are the same. */
export interface Canonical {
  name: string;
  /** What stands where verbs and operands stand, without the options. */
  words: readonly Arg[];
  /** How many of the words are verbs. */
  verbs: number;
  /** The options by the first of their names, with all of them. */
  options: ReadonlyMap<string, readonly string[]>;
  /** Words that the grammar does not know, which may be options or what one takes. */
  unknown: readonly Arg[];
}

const NOTHING: Grammar = { does: 'reads' };

/** Reads a command by its grammar; one that has none by the shape of its words. */
export function canonicalOf(argv: readonly Arg[]): Canonical | null {
  const [head, ...args] = argv;
  if (!head) return null;
  const last = head.text.slice(head.text.lastIndexOf('/') + 1).toLowerCase();
  const name = plainNameOf(last);
  const options = new Map<string, readonly string[]>();
  const unknown: Arg[] = [];
  const words: Arg[] = [];
  let verbs = 0;
  const read = (rest: readonly Arg[], grammar: Grammar): void => {
    const stops = grammar.verbs !== undefined || grammar.stops === true;
    const found = readOptions(rest, grammar, stops);
    for (const one of found.given) options.set(one.name, one.option.names);
    unknown.push(...found.unknown);
    const [verb, ...more] = found.operands;
    if (!verb || !grammar.verbs) {
      words.push(...found.operands);
      return;
    }
    words.push(verb);
    verbs += 1;
    const inner = Object.hasOwn(grammar.verbs, verb.text) ? grammar.verbs[verb.text] : undefined;
    if (inner) read(more, { ...inner, options: `${grammar.options ?? ''} ${inner.options ?? ''}` });
    else {
      const rough = readOptions(more, NOTHING);
      unknown.push(...rough.unknown);
      words.push(...rough.operands);
    }
  };
  read(args, name === 'git' ? GIT : (grammarOf(name) ?? { ...NOTHING, options: WRAPPERS[name]?.options ?? '' }));
  return { name, words, verbs, options, unknown };
}

const GIT: Grammar = { does: 'reads', options: GIT_GLOBALS, verbs: GIT_VERBS };

/** Other names of the verbs that package managers and builders have. */
const VERBS: Readonly<Record<string, string>> = {
  i: 'install',
  in: 'install',
  add: 'install',
  ci: 'clean-install',
  un: 'uninstall',
  rm: 'uninstall',
  remove: 'uninstall',
  r: 'uninstall',
  up: 'update',
  upgrade: 'update',
  t: 'test',
  tst: 'test',
  'run-script': 'run',
  x: 'exec',
  unpub: 'unpublish',
};
const SHORTENS = /^(npm|pnpm|yarn|hg|svn|docker|podman|kubectl|gh|ip)$/;

/**
 * Whether a command is the one that a pattern names, whichever way both are written: `maybe` where that cannot be told.
 * `open`: more words may follow; more options may stand there in any case.
 */
export function isSameCommand(pattern: Canonical, given: Canonical, open: boolean): 'yes' | 'no' | 'maybe' {
  if (pattern.name !== given.name) return 'no';
  let sure: 'yes' | 'maybe' = 'yes';
  for (const [index, word] of pattern.words.entries()) {
    const other = given.words[index];
    if (other?.kind === 'dynamic' || (!other && given.unknown.length > 0)) sure = 'maybe';
    else if (!other || !isSameWord(word, other, index, given)) {
      // What is not known may have taken a word that is the verb.
      const later =
        given.unknown.length > 0 && given.words.slice(index + 1).some((one) => isSameWord(word, one, index, given));
      if (!later) return 'no';
      sure = 'maybe';
    }
  }
  const wanted: (readonly [string, readonly string[]])[] = [...pattern.options];
  for (const { text } of pattern.unknown) wanted.push([text, [text]]);
  for (const [option, names] of wanted) {
    if (given.options.has(option)) continue;
    const near = given.unknown.some(
      ({ text, kind }) => kind === 'dynamic' || names.some((name) => text === name || isShortened(text, name)),
    );
    if (!near) return given.words.some(({ kind }) => kind === 'dynamic') ? 'maybe' : 'no';
  }
  if (open) return sure;
  return given.words.length > pattern.words.length ? 'no' : sure;
}

function isSameWord(word: Arg, other: Arg, index: number, { name, verbs }: Canonical): boolean {
  if (word.text === other.text) return word.kind === 'pattern' || other.kind === 'literal' || other.kind === word.kind;
  if (index >= Math.max(verbs, 1)) return false;
  const plain = (text: string) => VERBS[text] ?? text;
  if (/^(npm|pnpm|yarn|bun|cargo)$/.test(name) && plain(word.text) === plain(other.text)) return true;
  return SHORTENS.test(name) && other.text.length > 2 && word.text.startsWith(other.text);
}

function isShortened(text: string, option: string): boolean {
  const name = /^--[a-z][a-z-]*/.exec(text)?.[0];
  return name !== undefined && option.startsWith(name);
}
