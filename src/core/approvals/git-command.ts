import { judgePush } from './git-push.ts';
import { enterFolder, judgePath, judgePaths, judgeReach, type Noted, type Scope, shown } from './scope.ts';
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

const READS_CONFIG = /^(-l|--list|--get|--get-all|--get-regexp|--get-urlmatch|list|get)$/;
const CONFIG_SCOPE =
  /^(--(global|system|local|worktree|show-origin|show-scope|name-only|null|bool|int|path|type=.*)|-z)$/;
/** Settings that `git -c` may carry without changing what git runs or where it sends. */
const PLAIN_SETTING =
  /^(user\.(name|email)|color\..*|advice\..*|core\.(quotepath|autocrlf|safecrlf|longpaths|abbrev)|commit\.gpgsign|init\.defaultbranch|log\..*|diff\.(renames|algorithm|context|noprefix)|merge\.conflictstyle|rebase\.autostash|column\..*)=/i;
/** Global options with a value, as the next word or behind `=`. */
const VALUED_GLOBAL = /^--(git-dir|work-tree|namespace|exec-path|config-env|super-prefix|attr-source)(=|$)/;
/** Verbs that take away work where they run. */
const DESTROYS = /^(clean|rm|reset|checkout|restore|stash|worktree|gc|prune)$/;

/** Options of git's verbs that run another program or bring settings along; git takes any beginning of them. */
const RUNS = [
  ...['upload-pack', 'receive-pack', 'exec', 'extcmd', 'ext-diff', 'open-files-in-pager', 'template', 'config'],
  ...['smtp-server', 'sendmail-cmd', 'to-cmd', 'cc-cmd', 'header-cmd', 'tree-filter', 'index-filter', 'msg-filter'],
  ...['env-filter', 'parent-filter', 'commit-filter', 'tag-name-filter'],
];
/** Verbs that run what they are told, or what a setting says. */
const CARRIES =
  /^(filter-branch|difftool|mergetool|for-each-repo|daemon|instaweb|shell|send-email|upload-pack|remote-ext)$/;

function runsProgram(name: string, word: string, rest: readonly Arg[]): boolean {
  if (CARRIES.test(name) || (name === 'submodule' && word === 'foreach') || (name === 'bisect' && word === 'run')) {
    return true;
  }
  return rest.some(
    ({ text }) =>
      /^ext::/.test(text) ||
      isRefused(text, { long: RUNS, letters: '' }) ||
      (name === 'clone' && /^-[a-zA-Z]*[uc]/.test(text)),
  );
}

/** Judges a git command by its verb. */
export function judgeGit(args: readonly Arg[], scope: Scope): Noted {
  const { folders, lost } = scope.where;
  judgeVerb(args, scope);
  scope.where.folders = folders;
  scope.where.lost = lost;
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
      if (folder.kind !== 'literal' || folder.tilde) {
        scope.refuse(`git in ${shown(folder.text)}`);
        scope.where.lost = true;
        continue;
      }
      enterFolder(folder.text, scope);
      scope.where.folders = scope.where.moved ?? scope.where.folders;
    } else if (/^(-P|--no-pager|-p|--paginate|--no-optional-locks|--literal-pathspecs)$/.test(text)) continue;
    else if (/^(--version|--help|-v|-h)$/.test(text)) return;
    else if (text.startsWith('-')) {
      scope.refuse(`\`git ${shown(text)}\`, which may change what git runs or where it works`, 'whole');
      if (text === '-c') {
        at += 1;
        if (!PLAIN_SETTING.test(args[at]?.text ?? '')) scope.protect('git-config');
      } else if (VALUED_GLOBAL.test(text)) {
        if (/^--(exec-path|config-env)/.test(text)) scope.protect('git-config');
        if (!text.includes('=') && text !== '--exec-path') at += 1;
        scope.where.lost = true;
      }
    } else break;
  }
  const verb = args[at];
  const rest = args.slice(at + 1);
  const name = verb?.text ?? '';
  if (scope.where.lost && DESTROYS.test(name)) scope.protect('delete-outside');
  if (/^(push|send-pack|subtree|svn)$/.test(name)) judgePush(name, rest, scope);
  const known = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (name === 'config') return judgeConfig(rest, scope);
  const first = rest.find((arg) => !arg.text.startsWith('-'));
  const word = name === 'remote' ? first : rest[0];
  if (changesConfig(name, first?.text ?? '')) scope.protect('git-config');
  if (name === 'worktree' && /^(remove|prune|move)$/.test(word?.text ?? '')) scope.protect('delete-outside');
  const named = runsProgram(name, word?.text ?? '', rest) ? 'whole' : verb ? [verb] : undefined;
  if (!known) {
    scope.refuse(`\`git ${shown(name)}\`, which reaches beyond the workspace or is not known here`, named);
    return judgeReach(pathArguments(name, rest), scope);
  }
  if (known.only && !known.only.test(word?.text ?? '')) {
    scope.refuse(`\`git ${name} ${shown(word?.text ?? '')}\`, which reaches beyond the workspace`, named);
    return judgeReach(pathArguments(name, rest), scope);
  }
  const limits = [
    ...(known.refused ? [known.refused] : []),
    ...(known.reads ? [{ long: ['output'], letters: '' }] : []),
  ];
  const refused = rest.filter((arg) => limits.some((limit) => isRefused(arg.text, limit)));
  if (refused[0]) {
    const runs = /^(-[a-z]*[xO]|--(exec|open|ext))/.test(refused[0].text);
    scope.refuse(
      `\`git ${name} ${shown(refused[0].text)}\`, which reaches beyond the workspace`,
      runs ? 'whole' : refused,
    );
  }
  if (!known.reads) scope.change();
  judgePaths(pathArguments(name, rest), known.reads ? 'read' : 'write', scope);
}

function judgeConfig(args: readonly Arg[], scope: Scope): Noted {
  const rest = args.filter((arg) => !CONFIG_SCOPE.test(arg.text));
  const [first, ...more] = rest;
  // `git config user.name` shows it, with a second word it is changed.
  const reads =
    READS_CONFIG.test(first?.text ?? '') ||
    (more.length === 0 && first?.kind === 'literal' && /^[a-z][\w-]*(\.[^.\s]+)+$/i.test(first.text));
  if (args.some((arg) => arg.kind === 'dynamic')) scope.refuse('settings of git that are only known when it runs');
  const file = args.findIndex((arg) => /^(-f|--file|--blob)(=|$)/.test(arg.text));
  if (file >= 0) judgePaths(args.slice(file, file + 2), 'read', scope);
  if (READS_CONFIG.test(args[0]?.text ?? '')) return;
  if (!reads) scope.protect('git-config');
  scope.refuse(reads ? 'showing the settings of git in this way' : 'changing the settings of git', 'whole');
}

/** Verbs that write git's settings or hooks on the way. */
function changesConfig(name: string, first: string): boolean {
  if (name === 'remote') return !/^(show|get-url|update|prune|)$/.test(first);
  if (name === 'lfs' || name === 'flow') return /^(install|uninstall|init)$/.test(first);
  return name === 'maintenance' || name === 'scalar' || name === 'hook';
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
