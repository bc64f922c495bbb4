import type { Grammar } from '../grammar/grammar.ts';
import { judgeKind, judgeWords } from '../grammar/judge-words.ts';
import { readOptions } from '../grammar/options.ts';
import { protectedCommand } from '../protect.ts';
import {
  isAddress,
  judgePath,
  judgePaths,
  judgeReach,
  type Noted,
  type Reach,
  shown,
  UNSEEN_SCRIPT,
} from '../reach.ts';
import type { Arg } from '../words.ts';
import { judgeTar } from './archives.ts';
import { judgeAwk } from './awk.ts';
import { judgeDrover } from './drover.ts';
import { judgeFind } from './find.ts';
import { judgeGit } from './git.ts';
import { judgePython } from './languages.ts';
import { grammarOf, plainNameOf } from './registry.ts';
import { judgeSed } from './sed.ts';
import {
  goBack,
  judgeEnv,
  judgeFolderChange,
  judgePrintf,
  judgeShellProgram,
  judgeTrap,
  judgeWrapped,
  runCode,
} from './shell-commands.ts';
import { ASKS, CARRIERS, HARMLESS, RUNS_PROGRAM, RUNS_PROGRAM_OF, SHELLS, TWISTERS, WRAPPERS } from './table.ts';

/** Judges one command with its arguments; `argv[0]` is its name, and literal. */
type Judge = (args: readonly Arg[], reach: Reach, name: string) => Noted;

/** Commands whose words are a language of their own. */
const SPECIAL: Readonly<Record<string, Judge>> = {
  git: judgeGit,
  cd: judgeFolderChange,
  pushd: judgeFolderChange,
  popd: (_, reach) => goBack(reach),
  env: judgeEnv,
  find: judgeFind,
  sed: judgeSed,
  awk: judgeAwk,
  gawk: judgeAwk,
  mawk: judgeAwk,
  nawk: judgeAwk,
  tar: judgeTar,
  bsdtar: judgeTar,
  printf: judgePrintf,
  eval: (args, reach) => runCode(args, args.map((arg) => arg.text).join(' '), reach, reach.shell),
  trap: judgeTrap,
  drover: judgeDrover,
};

const SYSTEM_BIN = /^\/(usr\/(local\/)?)?s?bin\/([^/]+)$/;
/** Folders of a project that hold the programs of others. */
const TOOL_BIN = /(^|\/)(node_modules\/\.bin|\.?venv\/bin|vendor\/bin)\/([\w.+-]+)$/;

/** Whether a name stands for something here, so that it must not be given to a function. */
export function isKnownCommand(name: string): boolean {
  if (HARMLESS.has(name) || SHELLS.has(name) || name === 'source' || name === '.') return true;
  return [ASKS, SPECIAL, WRAPPERS].some((one) => Object.hasOwn(one, name)) || grammarOf(plainNameOf(name)) !== null;
}

/** Judges one simple command. What it does goes into `reach`. */
export function judgeSimpleCommand(argv: readonly Arg[], reach: Reach): Noted {
  const [head, ...args] = argv;
  if (head?.kind !== 'literal') {
    return reach.refuse(`a command whose name is only known when it runs (\`${shown(head?.text ?? '')}\`)`);
  }
  const name = commandName(head, reach);
  if (name === null) return;
  if (!name.includes('/') && !/^[\x21-\x7e]+$/.test(name)) {
    return reach.refuse(`a command whose name is not plain letters (\`${shown(name)}\`)`);
  }
  const thing = protectedCommand([name, ...args.slice(0, 12).map((arg) => arg.text)].join(' '));
  if (thing) reach.protect(thing);
  if (reach.functions.has(head.text)) return;
  if (HARMLESS.has(name)) return;
  if (Object.hasOwn(SPECIAL, name)) return SPECIAL[name]?.(args, reach, name);
  if (Object.hasOwn(WRAPPERS, name)) return judgeWrapped(args, reach, name);
  if (SHELLS.has(name)) return judgeShellProgram(args, reach, name);
  if (name === 'source' || name === '.') return judgeFileOfCode(args, reach, name);
  const grammar = grammarOf(name);
  if (grammar) {
    const [only, ...more] = args;
    if (
      only?.kind === 'literal' &&
      more.length === 0 &&
      !head.text.includes('/') &&
      /^(--version|--help|-V)$/.test(only.text)
    )
      return;
    scanReach(grammar, args, reach);
    const judge = (words: readonly Arg[]) => judgeWords([head], words, grammar, reach, name);
    return name === 'python' ? judgePython(args, reach, name, judge) : judge(args);
  }
  if (Object.hasOwn(ASKS, name)) return judgeAsking(head, args, reach, name);
  if (name.startsWith('./')) return judgeOwnProgram(args, reach);
  judgeUnknown(head, args, reach, name);
}

/** A program of the project: what it does stands in the work, and every argument may be a path to change. */
function judgeOwnProgram(args: readonly Arg[], reach: Reach): Noted {
  reach.change();
  judgePaths(args, 'write', reach);
}

/** A file with commands, which the shell itself runs. */
export function judgeFileOfCode(args: readonly Arg[], reach: Reach, name: string): Noted {
  const [file, ...rest] = args;
  reach.change();
  if (!file) return reach.refuse(`\`${name}\`, ${UNSEEN_SCRIPT}`);
  // Without a folder in its name it may be looked for elsewhere.
  if (!file.text.includes('/') && /^(source|\.)$/.test(name) && file.kind === 'literal') {
    const there = [...reach.where.folders].every((folder) => reach.grounds.realpath(`${folder}/${file.text}`) !== null);
    if (!there) reach.refuse(`\`${name} ${shown(file.text)}\`, which may be found elsewhere`);
  }
  if (/^\/dev\/|^-$/.test(file.text)) reach.refuse(`\`${name}\`, ${UNSEEN_SCRIPT}`);
  judgeKind('any', file, file, reach, name);
  judgePaths(rest, 'write', reach);
}

/** A command that is a question in any case; its arguments are looked at for what a rule for it would not cover. */
function judgeAsking(head: Arg, args: readonly Arg[], reach: Reach, name: string): Noted {
  const own = RUNS_PROGRAM_OF.get(name);
  const whole = CARRIERS.has(name) || args.some(({ text }) => RUNS_PROGRAM.test(text) || own?.test(text));
  reach.refuse(`\`${name}\`, ${ASKS[name]}`, TWISTERS.has(name) ? undefined : whole ? 'whole' : [head]);
  judgeReach(args, reach);
  const removes = /^(shred|wipe|srm)$/.test(name) || (name === 'rsync' && args.some((arg) => /^--del/.test(arg.text)));
  if (removes) judgePaths(args, 'remove', reach);
  findInner(args, reach);
}

/** A command that is not known: a person is asked, and an open rule does not mean what it may run. */
function judgeUnknown(head: Arg, args: readonly Arg[], reach: Reach, name: string): Noted {
  const loose = args.some(
    (arg) => arg.kind !== 'literal' || /\s|[;&|`$(){}<>]/.test(arg.text) || RUNS_PROGRAM.test(arg.text),
  );
  const carries = findInner(args, reach);
  const runs = loose || carries || args.some(({ text }) => /^-[a-zA-Z]*[ceE]$/.test(text));
  reach.refuse(`\`${shown(name)}\`, which is not known here`, runs ? 'whole' : [head]);
  judgeReach(args, reach);
}

/** What an option of a known command may say. */
function scanReach(grammar: Grammar, args: readonly Arg[], reach: Reach): Noted {
  const found = grammar.verbs ? null : readOptions(args, grammar);
  if (found && found.unknown.length > 0) {
    judgeReach(
      args.filter(({ text }) => text.startsWith('-')),
      reach,
    );
    findInner(args, reach);
  }
}

/** Names of commands that may be told apart from words of other kinds. */
const TELLING =
  /^(git|rm|rmdir|unlink|find|mv|shred|truncate|sh|bash|zsh|dash|env|sudo|xargs|npm|npx|yarn|pnpm|cargo|pip|gh|drover|curl|wget|tee|dd|cp)$/;

/** What a command may run that it does not know of, as far as its words tell: so that what always asks, asks. */
function findInner(args: readonly Arg[], reach: Reach): boolean {
  for (const [index, arg] of args.slice(0, 40).entries()) {
    if (arg.kind !== 'literal') continue;
    const behind = /^--?[\w-]+=(.*\s.*)$/s.exec(arg.text)?.[1] ?? arg.text;
    if (/\s/.test(behind)) reach.script(behind, 'plain');
    else if (TELLING.test(arg.text) || (Object.hasOwn(WRAPPERS, arg.text) && args.length > index + 1)) {
      reach.command(args.slice(index));
      return true;
    }
  }
  return false;
}

/** The name to look up: programs of the system go by their name, those of the workspace by their path. */
function commandName(head: Arg, reach: Reach): string | null {
  if (!/[/~]/.test(head.text)) return plainNameOf(knownAs(head.text));
  const system = SYSTEM_BIN.exec(head.text);
  if (system?.[3]) return plainNameOf(knownAs(system[3]));
  if (isAddress(head)) return reach.refuse(`running \`${shown(head.text)}\`, which is an address`) ?? null;
  judgePath(head, 'list', reach);
  const real = [...reach.where.folders].map((folder) => reach.grounds.realpath(`${folder}/${head.text}`));
  const linked = real.map((path) => SYSTEM_BIN.exec(path ?? '')?.[3]).find((found) => found !== undefined);
  const tool = TOOL_BIN.exec(head.text);
  const own = tool?.[3] ?? /(^|\/)(gradlew|mvnw)$/.exec(head.text)?.[2];
  if (own !== undefined) {
    const plain = plainNameOf(own);
    if (linked === undefined || plainNameOf(linked) === plain) {
      return plain === 'pip' && tool?.[2]?.endsWith('venv/bin') ? 'venv-pip' : plain;
    }
  }
  judgePath(head, 'write', reach);
  if (linked !== undefined) reach.refuse(`\`${shown(head.text)}\`, a link to another program`);
  return linked ?? `./${head.text}`;
}

/** Where file systems fold case, `RM` is `rm`. */
function knownAs(name: string): string {
  const lower = name.toLowerCase();
  return lower !== name && isKnownCommand(lower) && !isKnownCommand(name) ? lower : name;
}
