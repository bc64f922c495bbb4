import { enterFolder, judgePath, judgePaths, type Noted, type Scope, shown } from './scope.ts';
import type { Arg } from './shell-words.ts';

/**
 * A subcommand of git. `reads`: changes nothing. `refused`: options it may not have, as the long names they begin and
 * single letters they contain (git takes any unambiguous beginning of a long option). `only`: the words that may come
 * first.
 */
interface Verb {
  reads?: boolean;
  refused?: { long: readonly string[]; letters: string };
  only?: RegExp;
}

/**
 * What passes. A worktree shares branches, tags, stashes, remotes and settings with the person's own clone, so whatever
 * changes those for others is not here; a verb that is not in the table may be somebody's alias, and is refused.
 */
const VERBS: Readonly<Record<string, Verb>> = {
  status: { reads: true },
  log: { reads: true },
  show: { reads: true },
  diff: { reads: true, refused: { long: ['ext-diff'], letters: '' } },
  blame: { reads: true },
  annotate: { reads: true },
  shortlog: { reads: true },
  describe: { reads: true },
  grep: { reads: true, refused: { long: ['open-files-in-pager'], letters: 'O' } },
  'ls-files': { reads: true },
  'ls-tree': { reads: true },
  'cat-file': { reads: true },
  'rev-parse': { reads: true },
  'rev-list': { reads: true },
  'name-rev': { reads: true },
  'merge-base': { reads: true },
  'merge-tree': { reads: true },
  'for-each-ref': { reads: true },
  'show-ref': { reads: true },
  'diff-tree': { reads: true },
  'diff-index': { reads: true },
  'diff-files': { reads: true },
  'check-ignore': { reads: true },
  'check-attr': { reads: true },
  'count-objects': { reads: true },
  'range-diff': { reads: true },
  whatchanged: { reads: true },
  cherry: { reads: true },
  version: { reads: true },
  help: { reads: true },
  reflog: { reads: true, only: /^(show|exists|list)?$/ },
  remote: { reads: true, only: /^(show|get-url)?$/ },
  worktree: { reads: true, only: /^list$/ },
  stash: { reads: true, only: /^(list|show)$/ },
  submodule: { reads: true, only: /^(status|summary)?$/ },
  notes: { reads: true, only: /^(list|show)?$/ },
  config: { reads: true, only: /^$/ },
  add: {},
  commit: {},
  mv: {},
  rm: {},
  reset: {},
  restore: {},
  revert: {},
  'cherry-pick': {},
  apply: { refused: { long: ['unsafe-paths'], letters: '' } },
  am: {},
  clean: {},
  merge: {},
  'hash-object': {},
  'format-patch': {},
  'write-tree': {},
  'update-index': {},
  checkout: { refused: { long: ['force-create'], letters: 'B' } },
  switch: { refused: { long: ['force-create'], letters: 'C' } },
  branch: {
    refused: {
      long: ['delete', 'move', 'copy', 'force', 'set-upstream-to', 'unset-upstream', 'edit-description'],
      letters: 'dDmMcCfu',
    },
  },
  tag: { refused: { long: ['delete', 'force'], letters: 'df' } },
  rebase: { refused: { long: ['exec', 'update-refs'], letters: 'x' } },
  bisect: { only: /^(start|good|bad|new|old|skip|reset|log|view|terms)$/ },
};

const READS_CONFIG = /^(-l|--list|--get|--get-all|--get-regexp|list|get)$/;

/** Judges a git command by its verb. */
export function judgeGit(args: readonly Arg[], scope: Scope): Noted {
  const { folders } = scope.where;
  judgeVerb(args, scope);
  scope.where.folders = folders;
}

function judgeVerb(args: readonly Arg[], scope: Scope): Noted {
  let at = 0;
  for (; at < args.length; at += 1) {
    const { text, kind } = args[at] as Arg;
    if (kind !== 'literal') return scope.refuse('a git command that is only known when it runs');
    if (text === '-C') {
      at += 1;
      const folder = args[at];
      if (!folder) return scope.refuse('`git -C` without a folder');
      judgePath(folder, 'read', scope);
      if (folder.kind !== 'literal' || folder.tilde) return scope.refuse(`git in ${shown(folder.text)}`);
      enterFolder(folder.text, scope);
      scope.where.folders = scope.where.moved ?? scope.where.folders;
    } else if (/^(-P|--no-pager|-p|--paginate|--no-optional-locks|--literal-pathspecs)$/.test(text)) continue;
    else if (/^(--version|--help|-v|-h)$/.test(text)) return;
    else if (text.startsWith('-')) {
      return scope.refuse(`\`git ${shown(text)}\`, which may change what git runs or where it works`);
    } else break;
  }
  const name = args[at]?.text ?? '';
  const rest = args.slice(at + 1);
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (!verb) return scope.refuse(`\`git ${shown(name)}\`, which reaches beyond the workspace or is not known here`);
  if (name === 'config') {
    if (!READS_CONFIG.test(rest[0]?.text ?? '')) scope.refuse('changing the settings of git');
    return;
  }
  const first = rest.find((arg) => !arg.text.startsWith('-'))?.text ?? '';
  const word = name === 'remote' ? first : (rest[0]?.text ?? '');
  if (verb.only && !verb.only.test(word)) {
    return scope.refuse(`\`git ${name} ${shown(word)}\`, which reaches beyond the workspace`);
  }
  const limits = [...(verb.refused ? [verb.refused] : []), ...(verb.reads ? [{ long: ['output'], letters: '' }] : [])];
  const refused = rest.find((arg) => limits.some((limit) => isRefused(arg.text, limit)));
  if (refused) return scope.refuse(`\`git ${name} ${shown(refused.text)}\`, which reaches beyond the workspace`);
  if (!verb.reads) scope.change();
  judgePaths(pathArguments(name, rest), verb.reads ? 'read' : 'write', scope);
}

/** Messages and formats are no paths. */
function pathArguments(name: string, args: readonly Arg[]): Arg[] {
  const found: Arg[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] as Arg;
    if (
      /^(-[a-zA-Z]*m|--message|--author|--date|--trailer|--format|--pretty|--grep|-S|-G|--since|--until)$/.test(
        arg.text,
      )
    ) {
      at += 1;
      continue;
    }
    if (
      /^--(message|author|date|trailer|format|pretty|grep|since|until)=|^-[a-zA-Z]*m./.test(arg.text) &&
      name !== 'clean'
    )
      continue;
    found.push(arg);
  }
  return found;
}

function isRefused(text: string, { long, letters }: { long: readonly string[]; letters: string }): boolean {
  const option = /^--([a-z][a-z-]*)/.exec(text)?.[1];
  if (option) return option.length > 0 && long.some((name) => name.startsWith(option) || option === name);
  const cluster = /^-([A-Za-z]+)/.exec(text)?.[1];
  return cluster !== undefined && [...cluster].some((letter) => letters.includes(letter));
}
