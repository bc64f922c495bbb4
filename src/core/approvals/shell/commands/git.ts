import { dirname } from 'node:path';
import { isWithin } from '../../../base/is-within.ts';
import { readOptionTable } from '../grammar/grammar.ts';
import { judgeWords } from '../grammar/judge-words.ts';
import { enterFolder, judgePath, judgePaths, judgeReach, type Noted, type Reach, shown } from '../reach.ts';
import type { Arg } from '../words.ts';
import { judgePush } from './git-push.ts';
import { BEFORE, GIT_VERBS } from './git-verbs.ts';

const READS_CONFIG = /^(-l|--list|--get|--get-all|--get-regexp|--get-urlmatch|list|get)$/;
const CONFIG_SCOPE =
  /^(--(global|system|local|worktree|show-origin|show-scope|name-only|null|bool|int|path|type=.*)|-z)$/;
/** Settings that `git -c` may carry without changing what git runs or where it sends. */
const PLAIN_SETTING =
  /^(user\.(name|email)|color\..*|advice\..*|core\.(quotepath|autocrlf|safecrlf|longpaths|abbrev)|commit\.gpgsign|init\.defaultbranch|log\..*|diff\.(renames|algorithm|context|noprefix)|merge\.conflictstyle|rebase\.autostash|column\..*)=/i;
/** Global options with a value, as the next word or behind `=`. */
const VALUED_GLOBAL = /^--(git-dir|work-tree|namespace|exec-path|config-env|super-prefix|attr-source)(=|$)/;
/** All options of git itself, for reading where its verb stands. */
export const GIT_GLOBALS = `${BEFORE} -C:text -c:text --git-dir:text --work-tree:text --namespace:text --exec-path::text --config-env:text --super-prefix:text --attr-source:text --bare`;
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

function mayRun(name: string, word: string, rest: readonly Arg[]): boolean {
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
export function judgeGit(args: readonly Arg[], reach: Reach): Noted {
  const { folders, lost } = reach.where;
  judgeVerb(args, reach);
  reach.where.folders = folders;
  reach.where.lost = lost ?? false;
}

function judgeVerb(args: readonly Arg[], reach: Reach): Noted {
  const at = judgeGlobals(args, reach);
  if (at === null) return;
  const verb = args[at];
  const rest = args.slice(at + 1);
  const name = verb?.text ?? '';
  const literal = rest.filter((arg) => !arg.text.startsWith('-'));
  const first = literal[0]?.text ?? '';
  if (reach.where.lost && DESTROYS.test(name)) reach.protect('delete-outside');
  if (/^(push|send-pack|subtree|svn)$/.test(name)) judgePush(name, rest, reach);
  if (name === 'config') return judgeConfig(rest, reach);
  if (changesConfig(name, first)) reach.protect('git-config');
  if (name === 'worktree' && /^(remove|prune|move)$/.test(first)) reach.protect('delete-outside');
  if (mayRun(name, first, rest)) {
    reach.refuse(`\`git ${shown(name)}\` with options that run another program`, 'whole');
  }
  if (!verb) return;
  judgeRepository(reach);
  const grammar = Object.hasOwn(GIT_VERBS, name) ? GIT_VERBS[name] : undefined;
  if (grammar) return judgeWords([verb], rest, grammar, reach, `git ${name}`);
  const plain = !rest.some((arg) => arg.text.startsWith('-'));
  reach.refuse(
    `\`git ${shown(name)}\`, which reaches beyond the workspace or is not known here`,
    plain ? [verb] : 'whole',
  );
  judgeReach(rest, reach);
}

/** The options of git itself. Gives back where the verb stands; null where there is no use in going on. */
function judgeGlobals(args: readonly Arg[], reach: Reach): number | null {
  const harmless = readOptionTable(BEFORE).byName;
  for (let at = 0; at < args.length; at += 1) {
    const { text, kind } = args[at] as Arg;
    if (kind !== 'literal') return reach.refuse('a git command that is only known when it runs') ?? null;
    if (text === '-C') {
      at += 1;
      const folder = args[at];
      if (!folder) return reach.refuse('`git -C` without a folder') ?? null;
      judgePath(folder, 'list', reach);
      if (folder.kind !== 'literal' || folder.tilde) {
        reach.refuse(`git in ${shown(folder.text)}`);
        reach.where.lost = true;
        continue;
      }
      reach.where.moved = null;
      enterFolder(folder.text, reach);
      reach.where.folders = reach.where.moved ?? reach.where.folders;
    } else if (!text.startsWith('-')) return at;
    else if (!harmless.has(text)) {
      reach.refuse(`\`git ${shown(text)}\`, which may change what git runs or where it works`, 'whole');
      if (text === '-c') {
        at += 1;
        if (!PLAIN_SETTING.test(args[at]?.text ?? '')) reach.protect('git-config');
      } else if (VALUED_GLOBAL.test(text)) {
        if (/^--(exec-path|config-env)/.test(text)) reach.protect('git-config');
        if (!text.includes('=') && text !== '--exec-path') at += 1;
        reach.where.lost = true;
      }
    }
  }
  return args.length;
}

/** A repository inside the workspace has settings of its own, which anybody may have written: they decide what runs. */
function judgeRepository({ where, grounds, refuse }: Reach): Noted {
  const there = (path: string) => grounds.realpath(path) !== null;
  for (const folder of where.folders) {
    if (folder === grounds.workspace || !isWithin(grounds.workspace, folder)) continue;
    if (!there(folder)) return refuse('git in a folder that does not exist yet');
    for (let at = folder; at !== grounds.workspace && at.length > 1; at = dirname(at)) {
      if (there(`${at}/.git`) || (there(`${at}/HEAD`) && there(`${at}/objects`))) {
        return refuse(`git in another repository (${shown(at)}), whose settings decide what it runs`);
      }
    }
  }
}

function judgeConfig(args: readonly Arg[], reach: Reach): Noted {
  const rest = args.filter((arg) => !CONFIG_SCOPE.test(arg.text));
  const [first, ...more] = rest;
  // `git config user.name` shows it, with a second word it is changed.
  const reads =
    READS_CONFIG.test(first?.text ?? '') ||
    (more.length === 0 && first?.kind === 'literal' && /^[a-z][\w-]*(\.[^.\s]+)+$/i.test(first.text));
  if (args.some((arg) => arg.kind === 'dynamic')) reach.refuse('settings of git that are only known when it runs');
  const file = args.findIndex((arg) => /^(-f|--file|--blob)(=|$)/.test(arg.text));
  if (file >= 0) judgePaths(args.slice(file, file + 2), 'read', reach);
  if (READS_CONFIG.test(args[0]?.text ?? '')) return;
  if (!reads) reach.protect('git-config');
  reach.refuse(reads ? 'showing the settings of git in this way' : 'changing the settings of git', 'whole');
}

/** Verbs that write git's settings or hooks on the way. */
function changesConfig(name: string, first: string): boolean {
  if (name === 'remote') return !/^(show|get-url|update|prune|)$/.test(first);
  if (name === 'lfs' || name === 'flow') return /^(install|uninstall|init)$/.test(first);
  return (
    /^(maintenance|scalar|hook|init|filter-branch|replace)$/.test(name) ||
    (name === 'bisect' && /^(run|view|visualize)$/.test(first))
  );
}

function isRefused(text: string, { long, letters }: { long: readonly string[]; letters: string }): boolean {
  const option = /^--([a-z][a-z-]*)/.exec(text)?.[1];
  if (option) return option.length > 0 && long.some((name) => name.startsWith(option) || option === name);
  const cluster = /^-([A-Za-z]+)/.exec(text)?.[1];
  return cluster !== undefined && [...cluster].some((letter) => letters.includes(letter));
}
