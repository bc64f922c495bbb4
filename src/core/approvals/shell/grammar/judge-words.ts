import {
  enterFolder,
  isAddress,
  judgePath,
  judgePaths,
  judgeReach,
  NETWORK,
  type Noted,
  type Scope,
  shown,
} from '../scope.ts';
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
  scope: Scope,
  name: string,
): Noted {
  if (grammar.verbs) return judgeVerb(head, args, grammar, scope, name);
  const found = readOptions(args, grammar);
  judgeFound(head, found, grammar, scope, name);
}

function judgeVerb(head: readonly Arg[], args: readonly Arg[], grammar: Grammar, scope: Scope, name: string): Noted {
  const found = readOptions(args, grammar, true);
  const [verb, ...rest] = found.operands;
  const known =
    verb?.kind === 'literal' && Object.hasOwn(grammar.verbs ?? {}, verb.text) ? grammar.verbs?.[verb.text] : undefined;
  if (!verb) {
    judgeFound(head, found, { ...grammar, operands: '' }, scope, name);
    return;
  }
  if (!known && grammar.orElse && verb.kind === 'literal') {
    const restore = enterFolders(found, scope);
    judgeGiven(found, scope, name);
    grammar.orElse(found.operands, scope, name);
    restore();
    return;
  }
  if (!known) {
    judgeGiven(found, scope, name);
    judgeReach(rest, scope);
    const whole = verb.kind !== 'literal' || rest.some((arg) => arg.text.startsWith('-'));
    scope.refuse(
      `\`${name} ${shown(verb.text)}\`, ${grammar.asks ?? 'which is not known here'}`,
      whole ? 'whole' : [...head, verb],
    );
    return;
  }
  const restore = enterFolders(found, scope);
  judgeGiven(found, scope, name);
  const inner = { ...known, options: `${grammar.options ?? ''} ${known.options ?? ''}` };
  if (!known.asks && grammar.asks) inner.asks = grammar.asks;
  judgeWords([...head, verb], rest, inner, scope, `${name} ${verb.text}`);
  restore();
}

function judgeFound(head: readonly Arg[], found: Found, grammar: Grammar, scope: Scope, name: string): Noted {
  if (grammar.does !== 'reads') scope.change();
  if (grammar.asks) scope.refuse(`\`${name}\`, ${grammar.asks}`, [...head]);
  if (grammar.protects) scope.protect(grammar.protects);
  const restore = enterFolders(found, scope);
  judgeGiven(found, scope, name);
  judgeOperands(found, grammar, scope, name);
  grammar.also?.(found, scope, name);
  restore();
}

/** Goes where the options say the command works, as long as it is judged. */
function enterFolders({ given }: Found, scope: Scope): () => void {
  const { where } = scope;
  const { folders, lost } = where;
  for (const { option, value } of given) {
    if (option.kind !== 'folder' || !value) continue;
    if (value.kind !== 'literal' || value.tilde) {
      scope.refuse(`working in a folder that is only known when the command runs (\`${shown(value.text)}\`)`);
      where.lost = true;
      continue;
    }
    where.moved = null;
    enterFolder(value.text, scope);
    where.folders = where.moved ?? where.folders;
  }
  return () => {
    where.folders = folders;
    where.lost = lost ?? false;
  };
}

function judgeGiven({ given, unknown }: Found, scope: Scope, name: string): Noted {
  for (const word of unknown) {
    scope.refuse(`\`${name} ${shown(word.text)}\`, whose meaning is not known here`, 'whole');
  }
  for (const { option, value, word } of given) {
    if (option.beyond) scope.refuse(`\`${name} ${shown(word.text)}\`, which reaches beyond the workspace`, [word]);
    if (option.kind && value && option.kind !== 'folder') judgeKind(option.kind, value, word, scope, name);
    else if (option.kind === 'program') judgeKind('program', word, word, scope, name);
  }
}

function judgeOperands({ operands, unsure }: Found, grammar: Grammar, scope: Scope, name: string): Noted {
  const kinds = kindsOf(grammar.operands ?? '', operands.length);
  if (!kinds) {
    scope.refuse(`\`${name}\` with more words than are known here`, 'whole');
    for (const operand of operands) judgeKind('any', operand, operand, scope, name);
    return;
  }
  const many = !(grammar.operands ?? '').includes('*') && operands.some((operand) => operand.kind === 'pattern');
  if (many) scope.refuse(`\`${name}\` with a pattern that may become several files`, 'whole');
  for (const [index, operand] of operands.entries()) {
    const kind = kinds[index] ?? 'any';
    // The last word of the command before: what it was is not followed.
    if (kind === 'remove' && /\$(_\b|\{_\})/.test(operand.text)) scope.protect('delete-outside');
    if (unsure.includes(operand) && operand.kind === 'dynamic') {
      scope.refuse(`an argument that is only known when the command runs (\`${shown(operand.text)}\`)`);
    } else judgeKind(kind, operand, operand, scope, name);
  }
}

/** Judges one value by what it is. */
export function judgeKind(kind: Kind, value: Arg, word: Arg, scope: Scope, name: string): Noted {
  switch (kind) {
    case 'text':
    case 'folder':
      return;
    case 'plain':
      if (value.kind !== 'literal' || !/^[\w.@:+,/%=^~*!-]*$/.test(value.text)) {
        scope.refuse(`\`${name}\` with \`${shown(value.text)}\`, which is not known here`, 'whole');
      }
      return;
    case 'names':
      scope.protect('key-files');
      return scope.refuse(`\`${name}\` with a list of files that cannot be seen`, 'whole');
    case 'program':
      return scope.refuse(`\`${name} ${shown(word.text)}\`, which runs another program`, 'whole');
    case 'code':
      scope.refuse(`\`${name}\` with code in its arguments, which shows nowhere in the work`, 'whole');
      if (value.kind === 'literal') scope.script(value.text, 'plain');
      return;
    case 'git':
    case 'git-change':
      return judgeCommitOrPath(value, word, kind === 'git' ? 'read' : 'write', scope);
    case 'any':
      return judgePaths([value], 'write', scope);
    case 'read':
    case 'search':
    case 'list':
    case 'write':
    case 'remove':
      if (value.kind === 'dynamic') {
        return scope.refuse(`an argument that is only known when the command runs (\`${shown(value.text)}\`)`);
      }
      if (value.text === '-' || value.text === '') return;
      if (isAddress(value)) return scope.refuse(`\`${shown(value.text)}\`, ${NETWORK}`, [value]);
      return judgePath(value, kind === 'search' ? 'read' : kind, scope, word, kind === 'search');
  }
}

/** A word of git: `main`, `main..x`, `src/a.ts`, or `main:src/a.ts`, which lies below the top unless it says `./`. */
function judgeCommitOrPath(value: Arg, word: Arg, use: 'read' | 'write', scope: Scope): Noted {
  if (value.kind === 'dynamic') {
    return scope.refuse(`an argument that is only known when the command runs (\`${shown(value.text)}\`)`);
  }
  if (isAddress(value)) return scope.refuse(`\`${shown(value.text)}\`, ${NETWORK}`, [value]);
  const magic = /^:(\([^)]*\)|[!^/]+)/.exec(value.text)?.[0];
  if (magic !== undefined)
    return judgePath({ ...value, text: value.text.slice(magic.length) || '.' }, use, scope, word);
  const colon = value.text.indexOf(':');
  if (colon < 0) return judgePath(value, use, scope, word);
  const path = value.text.slice(colon + 1).replace(/^\d:/, '');
  const below = /^\.\.?(\/|$)/.test(path) ? path : `${scope.grounds.workspace}/${path}`;
  judgePath({ ...value, text: below, tilde: false }, 'read', scope, word, true);
}
