import {
  enterFolder,
  isAddress,
  judgePath,
  judgePaths,
  judgeReach,
  NETWORK,
  type Noted,
  type Reach,
  shown,
} from '../reach.ts';
import type { Arg } from '../words.ts';
import { type Grammar, type Kind, kindsOf } from './grammar.ts';
import { type Found, readOptions } from './options.ts';

/**
 * Judges the words of a command by its grammar: what it knows by what it is, and what it does not know as a doubt that
 * only a rule for the whole command answers.
 */
export function judgeWords(
  head: readonly Arg[],
  args: readonly Arg[],
  grammar: Grammar,
  reach: Reach,
  name: string,
): Noted {
  if (grammar.verbs) return judgeVerb(head, args, grammar, reach, name);
  const found = readOptions(args, grammar);
  judgeFound(head, found, grammar, reach, name);
}

function judgeVerb(head: readonly Arg[], args: readonly Arg[], grammar: Grammar, reach: Reach, name: string): Noted {
  const found = readOptions(args, grammar, true);
  const [verb, ...rest] = found.operands;
  const known =
    verb?.kind === 'literal' && Object.hasOwn(grammar.verbs ?? {}, verb.text) ? grammar.verbs?.[verb.text] : undefined;
  if (!verb) {
    judgeFound(head, found, { ...grammar, operands: '' }, reach, name);
    return;
  }
  if (!known && grammar.orElse && verb.kind === 'literal') {
    const restore = enterFolders(found, reach);
    judgeGiven(found, reach, name);
    grammar.orElse(found.operands, reach, name);
    restore();
    return;
  }
  if (!known) {
    judgeGiven(found, reach, name);
    judgeReach(rest, reach);
    const whole = verb.kind !== 'literal' || rest.some((arg) => arg.text.startsWith('-'));
    reach.refuse(
      `\`${name} ${shown(verb.text)}\`, ${grammar.asks ?? 'which is not known here'}`,
      whole ? 'whole' : [...head, verb],
    );
    return;
  }
  const restore = enterFolders(found, reach);
  judgeGiven(found, reach, name);
  const inner = { ...known, options: `${grammar.options ?? ''} ${known.options ?? ''}` };
  if (!known.asks && grammar.asks) inner.asks = grammar.asks;
  judgeWords([...head, verb], rest, inner, reach, `${name} ${verb.text}`);
  restore();
}

function judgeFound(head: readonly Arg[], found: Found, grammar: Grammar, reach: Reach, name: string): Noted {
  if (grammar.does !== 'reads') reach.change();
  if (grammar.asks) reach.refuse(`\`${name}\`, ${grammar.asks}`, [...head]);
  if (grammar.protects) reach.protect(grammar.protects);
  const restore = enterFolders(found, reach);
  judgeGiven(found, reach, name);
  judgeOperands(found, grammar, reach, name);
  grammar.also?.(found, reach, name);
  restore();
}

/** Goes where the options say the command works, as long as it is judged. */
function enterFolders({ given }: Found, reach: Reach): () => void {
  const { where } = reach;
  const { folders, lost } = where;
  for (const { option, value } of given) {
    if (option.kind !== 'folder' || !value) continue;
    if (value.kind !== 'literal' || value.tilde) {
      reach.refuse(`working in a folder that is only known when the command runs (\`${shown(value.text)}\`)`);
      where.lost = true;
      continue;
    }
    where.moved = null;
    enterFolder(value.text, reach);
    where.folders = where.moved ?? where.folders;
  }
  return () => {
    where.folders = folders;
    where.lost = lost ?? false;
  };
}

function judgeGiven({ given, unknown }: Found, reach: Reach, name: string): Noted {
  for (const word of unknown) {
    reach.refuse(`\`${name} ${shown(word.text)}\`, whose meaning is not known here`, 'whole');
  }
  for (const { option, value, word } of given) {
    if (option.beyond) reach.refuse(`\`${name} ${shown(word.text)}\`, which reaches beyond the workspace`, [word]);
    if (option.kind && value && option.kind !== 'folder') judgeKind(option.kind, value, word, reach, name);
    else if (option.kind === 'program') judgeKind('program', word, word, reach, name);
  }
}

function judgeOperands({ operands, unsure }: Found, grammar: Grammar, reach: Reach, name: string): Noted {
  const kinds = kindsOf(grammar.operands ?? '', operands.length);
  if (!kinds) {
    reach.refuse(`\`${name}\` with more words than are known here`, 'whole');
    for (const operand of operands) judgeKind('any', operand, operand, reach, name);
    return;
  }
  const many = !(grammar.operands ?? '').includes('*') && operands.some((operand) => operand.kind === 'pattern');
  if (many) reach.refuse(`\`${name}\` with a pattern that may become several files`, 'whole');
  for (const [index, operand] of operands.entries()) {
    const kind = kinds[index] ?? 'any';
    // The last word of the command before: what it was is not followed.
    if (kind === 'remove' && /\$(_\b|\{_\})/.test(operand.text)) reach.protect('delete-outside');
    if (unsure.includes(operand) && operand.kind === 'dynamic') {
      reach.refuse(`an argument that is only known when the command runs (\`${shown(operand.text)}\`)`);
    } else judgeKind(kind, operand, operand, reach, name);
  }
}

/** Judges one value by what it is. */
export function judgeKind(kind: Kind, value: Arg, word: Arg, reach: Reach, name: string): Noted {
  switch (kind) {
    case 'text':
    case 'folder':
      return;
    case 'plain':
      if (value.kind !== 'literal' || !/^[\w.@:+,/%=^~*!-]*$/.test(value.text)) {
        reach.refuse(`\`${name}\` with \`${shown(value.text)}\`, which is not known here`, 'whole');
      }
      return;
    case 'names':
      reach.protect('key-files');
      return reach.refuse(`\`${name}\` with a list of files that cannot be seen`, 'whole');
    case 'program':
      return reach.refuse(`\`${name} ${shown(word.text)}\`, which runs another program`, 'whole');
    case 'code':
      reach.refuse(`\`${name}\` with code in its arguments, which shows nowhere in the work`, 'whole');
      if (value.kind === 'literal') reach.script(value.text, 'plain');
      return;
    case 'git':
    case 'git-change':
      return judgeCommitOrPath(value, word, kind === 'git' ? 'read' : 'write', reach);
    case 'any':
      return judgePaths([value], 'write', reach);
    case 'read':
    case 'search':
    case 'list':
    case 'write':
    case 'remove':
      if (value.kind === 'dynamic') {
        return reach.refuse(`an argument that is only known when the command runs (\`${shown(value.text)}\`)`);
      }
      if (value.text === '-' || value.text === '') return;
      if (isAddress(value)) return reach.refuse(`\`${shown(value.text)}\`, ${NETWORK}`, [value]);
      return judgePath(value, kind === 'search' ? 'read' : kind, reach, word, kind === 'search');
  }
}

/** A word of git: `main`, `main..x`, `src/a.ts`, or `main:src/a.ts`, which lies below the top unless it says `./`. */
function judgeCommitOrPath(value: Arg, word: Arg, use: 'read' | 'write', reach: Reach): Noted {
  if (value.kind === 'dynamic') {
    return reach.refuse(`an argument that is only known when the command runs (\`${shown(value.text)}\`)`);
  }
  if (isAddress(value)) return reach.refuse(`\`${shown(value.text)}\`, ${NETWORK}`, [value]);
  const magic = /^:(\([^)]*\)|[!^/]+)/.exec(value.text)?.[0];
  if (magic !== undefined)
    return judgePath({ ...value, text: value.text.slice(magic.length) || '.' }, use, reach, word);
  const colon = value.text.indexOf(':');
  if (colon < 0) return judgePath(value, use, reach, word);
  const path = value.text.slice(colon + 1).replace(/^\d:/, '');
  const below = /^\.\.?(\/|$)/.test(path) ? path : `${reach.grounds.workspace}/${path}`;
  judgePath({ ...value, text: below, tilde: false }, 'read', reach, word, true);
}
