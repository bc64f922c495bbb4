import {
  ASKS,
  BEYOND,
  CARRIERS,
  GLOBAL_OPTION,
  HARMLESS,
  INLINE,
  INSTALLERS,
  PRIVILEGE,
  READERS,
  REMOVERS,
  RUNS_PROGRAM,
  RUNS_PROGRAM_OF,
  SHELLS,
  TWISTERS,
  WRAPPERS,
} from './command-table.ts';
import { judgeGit } from './git-command.ts';
import { isDevice } from './paths.ts';
import { protectedCommand } from './protect.ts';
import {
  enterFolder,
  judgePath,
  judgePaths,
  judgeReach,
  judgeVariable,
  type Noted,
  type Scope,
  shown,
} from './scope.ts';
import type { Arg } from './shell-words.ts';
import { judgeAwk, judgeFind, judgeSed, judgeSort } from './text-tools.ts';

/** Judges one command with its arguments; `argv[0]` is its name, and literal. */
type Judge = (args: readonly Arg[], scope: Scope, name: string) => Noted;

/** Commands of their own kind. */
const SPECIAL: Readonly<Record<string, Judge>> = {
  git: judgeGit,
  cd: judgeFolderChange,
  pushd: judgeFolderChange,
  popd: (_, scope) => goBack(scope),
  env: judgeEnv,
  find: judgeFind,
  fd: judgeFind,
  sed: judgeSed,
  gsed: judgeSed,
  awk: judgeAwk,
  gawk: judgeAwk,
  mawk: judgeAwk,
  nawk: judgeAwk,
  sort: judgeSort,
  uniq: (args, scope) =>
    judgePaths(args, args.filter((arg) => !arg.text.startsWith('-')).length > 1 ? 'write' : 'read', scope),
  rg: (args, scope) => {
    if (args.some((arg) => /^--(pre|hostname-bin)/.test(arg.text)))
      scope.refuse('running a program for each file', 'whole');
    judgePaths(args, 'read', scope);
  },
  xxd: (args, scope) => judgePaths(args, 'write', scope),
  printf: (args, scope) => {
    const [first, second] = args;
    if (first?.text.startsWith('-v')) judgeVariable(first.text.slice(2) || (second?.text ?? ''), scope);
    if (first?.kind === 'dynamic') scope.refuse('printing in a way that is only known when the command runs');
  },
  read: judgeBinding,
  mapfile: judgeBinding,
  readarray: judgeBinding,
  getopts: judgeBinding,
  export: judgeBinding,
  declare: judgeBinding,
  typeset: judgeBinding,
  local: judgeBinding,
  readonly: judgeBinding,
  unset: judgeBinding,
  eval: (args, scope) => judgeCode(args, args.map((arg) => arg.text).join(' '), scope),
  trap: (args, scope) => {
    if (args[0]?.text.includes('..')) return scope.refuse('going up in what runs later');
    judgeCode(args.slice(0, 1), args[0]?.text ?? '', scope);
  },
  kill: (args, scope) => {
    if (args.some((arg) => !/^(%.*|-(l|s|[A-Z0-9]+)|TERM|INT|HUP|KILL)$/.test(arg.text))) {
      scope.refuse('ending a process by its number', 'whole');
    }
    scope.change();
  },
  drover: judgeDrover,
  tee: (args, scope) => judgePaths(args, 'write', scope),
  make: judgeMake,
  gmake: judgeMake,
};

const SYSTEM_BIN = /^\/(usr\/(local\/)?)?s?bin\/([^/]+)$/;

/** Whether a name stands for something here, so that it must not be given to a function. */
export function isKnownCommand(name: string): boolean {
  const tables = [ASKS, SPECIAL, WRAPPERS, INLINE, BEYOND];
  return (
    [HARMLESS, READERS, REMOVERS, SHELLS].some((one) => one.has(name)) || tables.some((one) => Object.hasOwn(one, name))
  );
}

/** Judges one simple command. What it does goes into `scope`. */
export function judgeSimpleCommand(argv: readonly Arg[], scope: Scope): Noted {
  const [head, ...args] = argv;
  if (head?.kind !== 'literal') {
    return scope.refuse(`a command whose name is only known when it runs (\`${shown(head?.text ?? '')}\`)`);
  }
  const name = commandName(head, scope);
  if (name === null) return;
  if (!name.includes('/') && !/^[\x21-\x7e]+$/.test(name)) {
    return scope.refuse(`a command whose name is not plain letters (\`${shown(name)}\`)`);
  }
  const thing = protectedCommand([name, ...args.slice(0, 12).map((arg) => arg.text)].join(' '));
  if (thing) scope.protect(thing);
  if (Object.hasOwn(ASKS, name)) return judgeAsking(head, args, scope, name);
  if (HARMLESS.has(name)) return;
  if (Object.hasOwn(SPECIAL, name)) return SPECIAL[name]?.(args, scope, name);
  if (Object.hasOwn(WRAPPERS, name)) return judgeWrapped(args, scope, name);
  if (SHELLS.has(name)) return judgeShellProgram(args, scope, name);
  if (name === 'source' || name === '.') return judgeFileOfCode(args, scope, name);
  if (READERS.has(name)) return judgePaths(args, 'read', scope);
  if (REMOVERS.has(name)) return judgePaths(args, 'remove', scope);
  judgeProgram(args, scope, name);
}

/** A command that is a question in any case; its arguments are looked at for what a rule for it would not cover. */
function judgeAsking(head: Arg, args: readonly Arg[], scope: Scope, name: string): Noted {
  const own = RUNS_PROGRAM_OF.get(name);
  const whole = CARRIERS.has(name) || args.some(({ text }) => RUNS_PROGRAM.test(text) || own?.test(text));
  scope.refuse(`\`${name}\`, ${ASKS[name]}`, TWISTERS.has(name) ? undefined : whole ? 'whole' : [head]);
  judgeReach(args, scope);
  const removes = /^(shred|wipe|srm)$/.test(name) || (name === 'rsync' && args.some((arg) => /^--del/.test(arg.text)));
  if (removes) judgePaths(args, 'remove', scope);
  if (whole) findProtected(args, scope);
}

/** What a carrier may run that is always asked about, as far as its words tell. */
function findProtected(args: readonly Arg[], scope: Scope): Noted {
  for (const [index, arg] of args.slice(0, 40).entries()) {
    if (arg.kind !== 'literal') continue;
    if (/\s/.test(arg.text)) scope.script(arg.text);
    else if (/^(git|rm|rmdir|unlink|find|mv|shred|truncate|sh|bash|env|sudo|xargs)$/.test(arg.text)) {
      return scope.command(args.slice(index));
    }
  }
}

/** The name to look up: programs of the system go by their name, those of the workspace by their path. */
function commandName(head: Arg, scope: Scope): string | null {
  if (!/[/~]/.test(head.text)) return knownAs(head.text);
  const system = SYSTEM_BIN.exec(head.text);
  if (system?.[3]) return knownAs(system[3]);
  judgePath(head, 'write', scope);
  const real = [...scope.where.folders].map((folder) => scope.grounds.realpath(`${folder}/${head.text}`));
  const linked = real.map((path) => SYSTEM_BIN.exec(path ?? '')?.[3]).find((found) => found !== undefined);
  if (linked !== undefined) scope.refuse(`\`${shown(head.text)}\`, a link to another program`);
  return linked ?? `./${head.text}`;
}

/** Where file systems fold case, `RM` is `rm`. */
function knownAs(name: string): string {
  const lower = name.toLowerCase();
  return lower !== name && isKnownCommand(lower) && !isKnownCommand(name) ? lower : name;
}

/** A makefile may come from the input or from an argument, and shows nowhere in the work then. */
function judgeMake(args: readonly Arg[], scope: Scope, name: string): Noted {
  const read = args.findIndex((arg) => /^(-[a-zA-Z]*f|--(file|makefile)=?)/.test(arg.text));
  const from = args[read]?.text.replace(/^(-[a-zA-Z]*f|--(file|makefile)=?)/, '') || args[read + 1]?.text;
  if (read >= 0 && (from === '-' || isDevice(from ?? ''))) {
    scope.refuse(`\`${name}\` with a makefile from its input, which shows nowhere in the work`);
  }
  if (args.some((arg) => /^(-[a-zA-Z]*E|--ev)|\$[({]|`/.test(arg.text))) {
    scope.refuse(`\`${name}\` with code in its arguments, which shows nowhere in the work`, 'whole');
  }
  judgeProgram(args, scope, name);
}

/** A program we know nothing of: it changes things, and every argument may be a path to change. */
function judgeProgram(args: readonly Arg[], scope: Scope, name: string): Noted {
  scope.change();
  const plain = name.replace(/^python[\d.]*$/, 'python').replace(/^pip[\d.]*$/, 'pip');
  judgeInterpreter(args, scope, name, plain);
  if (plain === 'python' && args[0]?.text === '-m') return scope.command(args.slice(1));
  const runs = args.find((arg) => RUNS_PROGRAM.test(arg.text) && /^--(to-c|check|use-c|rsh)/.test(arg.text));
  if (runs) scope.refuse(`\`${name} ${shown(runs.text)}\`, which runs another program`, 'whole');
  const words = args.filter((arg) => !arg.text.startsWith('-'));
  const beyond = Object.hasOwn(BEYOND, plain) ? BEYOND[plain] : undefined;
  if (beyond) {
    const [first] = words;
    if (first && beyond.test(first.text)) {
      scope.refuse(`\`${name} ${shown(first.text)}\`, which reaches beyond the workspace`, [first]);
    }
    // Behind `--` stands what the script gets, not the installer.
    const end = args.findIndex((arg) => arg.text === '--');
    const options = end < 0 ? args : args.slice(0, end);
    const wide = INSTALLERS.has(plain) ? options.filter((arg) => GLOBAL_OPTION.test(arg.text)) : [];
    if (wide[0]) scope.refuse(`\`${name} ${shown(wide[0].text)}\`, which reaches beyond the workspace`, wide);
    const second = words[1];
    if (/^(exec|x|dlx)$/.test(first?.text ?? '') && second) {
      return scope.command(args.slice(args.indexOf(second)));
    }
  }
  judgePaths(args, 'write', scope);
}

function judgeInterpreter(args: readonly Arg[], scope: Scope, name: string, plain: string): Noted {
  const inline = Object.hasOwn(INLINE, plain) ? INLINE[plain] : undefined;
  if (!inline) return;
  // Options before the program are the interpreter's, those after it the program's own.
  const at = args.findIndex((arg) => !arg.text.startsWith('-'));
  const own = at < 0 ? args : args.slice(0, plain === 'deno' ? at + 1 : at);
  if (own.some((arg) => inline.test(arg.text))) {
    scope.refuse(`\`${name}\` with code in its arguments, which shows nowhere in the work`, 'whole');
  } else if (isDevice(args[at]?.text ?? '')) {
    scope.refuse(`\`${name}\` with code from its input, which shows nowhere in the work`);
  } else if (at < 0 && !args.some((arg) => /^(-v|-V|--version|--help|-h)$/.test(arg.text))) {
    scope.refuse(`\`${name}\` with code from its input, which shows nowhere in the work`);
  }
}

/** An agent reports with `drover item`; everything else of the command is a person's. */
function judgeDrover(args: readonly Arg[], scope: Scope, name: string): Noted {
  scope.change();
  const [first] = args.filter((arg) => arg.text !== '--json');
  if (first?.kind === 'literal' && first.text === 'item') return;
  scope.protect('drover-data');
  scope.refuse(`\`${name} ${shown(first?.text ?? '')}\`, which reaches beyond the workspace`, 'whole');
}

function goBack({ where }: Scope): Noted {
  where.folders = new Set(where.seen);
}

function judgeFolderChange(args: readonly Arg[], scope: Scope): Noted {
  const target = args.find((arg) => !/^-[LPe@]+$|^--$/.test(arg.text));
  if (!target) return scope.refuse('going to the home folder');
  if (target.text === '-') return goBack(scope);
  if (target.kind !== 'literal')
    return scope.refuse(`going to a folder that is only known when the command runs (\`${shown(target.text)}\`)`);
  if (target.tilde) return scope.refuse(`going to ${shown(target.text)}, which is outside the workspace`);
  enterFolder(target.text, scope);
}

function judgeEnv(args: readonly Arg[], scope: Scope): Noted {
  for (let at = 0; at < args.length; at += 1) {
    const { text, kind } = args[at] as Arg;
    const assigned = /^([A-Za-z_]\w*)=/.exec(text)?.[1];
    if (kind === 'dynamic') return scope.refuse('an environment that is only known when the command runs');
    if (assigned !== undefined) judgeVariable(assigned, scope);
    else if (text === '-u' || text === '--unset') at += 1;
    else if (!/^(-|-i|-0|--ignore-environment|--null|-u\w+|--unset=\w+)$/.test(text)) {
      if (text.startsWith('-')) return scope.refuse(`\`env ${shown(text)}\``, 'whole');
      return scope.command(args.slice(at));
    }
  }
}

function judgeWrapped(args: readonly Arg[], scope: Scope, name: string): Noted {
  const wrapper = WRAPPERS[name];
  if (!wrapper) return;
  if (name === 'sudo' || name === 'doas') scope.refuse(`\`${name}\`, ${PRIVILEGE}`, 'whole');
  if (name === 'command' && /^-[vV]+$/.test(args[0]?.text ?? '')) return;
  let at = 0;
  for (; at < args.length; at += 1) {
    const { text, kind } = args[at] as Arg;
    if (kind !== 'literal') return scope.refuse(`\`${name}\` with options that are only known when it runs`);
    if (text === '--') {
      at += 1;
      break;
    }
    if (!text.startsWith('-')) break;
    if (wrapper.valued.test(text)) at += 1;
    else if (!wrapper.flags.test(text))
      return scope.refuse(`\`${name} ${shown(text)}\`, whose meaning is not known here`, 'whole');
  }
  const inner = args.slice(at + wrapper.operands);
  if (name === 'exec' && inner.length === 0) return;
  if (inner.length === 0) return scope.refuse(`\`${name}\` without a command`);
  if (name !== 'xargs') return scope.command(inner);
  // What is read stands at the end, or wherever the word after -I stands.
  const read: Arg = { kind: 'dynamic', text: 'what xargs reads', tilde: false };
  const options = args.slice(0, at).map((arg) => arg.text);
  const token = options.flatMap((text, index) =>
    text === '-I' ? [options[index + 1]] : text.startsWith('-I') ? [text.slice(2)] : [],
  )[0];
  if (token === undefined) return scope.command([...inner, read]);
  scope.command(inner.map((arg) => (arg.text.includes(token) ? read : arg)));
}

function judgeShellProgram(args: readonly Arg[], scope: Scope, name: string): Noted {
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] as Arg;
    if (arg.kind === 'dynamic') return scope.refuse(`\`${name}\` with a text that is only known when it runs`);
    if (/^-[a-zA-Z]*c[a-zA-Z]*$/.test(arg.text)) {
      const code = args.slice(at + 1).find((one) => !/^[-+]/.test(one.text));
      if (!code) return scope.refuse(`\`${name} -c\` without a text`);
      return judgeCode([code], code.text, scope);
    }
    if (/^([-+]o|-[euxlniv]+o)$/.test(arg.text)) at += 1;
    else if (/^-[eux lniv]+$|^--(login|norc|noprofile|posix)$|^--$/.test(arg.text)) continue;
    else if (/^[-+]/.test(arg.text)) return scope.refuse(`\`${name} ${shown(arg.text)}\``);
    else return judgeFileOfCode(args.slice(at), scope, name);
  }
  scope.refuse(`\`${name}\` with commands from its input, which cannot be seen`);
}

function judgeFileOfCode(args: readonly Arg[], scope: Scope, name: string): Noted {
  if (args[0] && isDevice(args[0].text)) scope.refuse(`\`${name}\` with commands from its input, which cannot be seen`);
  judgeProgram(args, scope, name);
}

function judgeCode(args: readonly Arg[], text: string, scope: Scope): Noted {
  if (args.some((arg) => arg.kind !== 'literal')) return scope.refuse('running a text that is only known when it runs');
  scope.script(text);
}

function judgeBinding(args: readonly Arg[], scope: Scope, name: string): Noted {
  for (const { text, kind } of args) {
    if (kind === 'dynamic') return scope.refuse(`\`${name}\` with a name that is only known when it runs`);
    if (/^-[a-zA-Z]*[Cn]/.test(text) && name !== 'read' && name !== 'export' && name !== 'unset') {
      return scope.refuse(`\`${name} ${shown(text)}\`, whose effect cannot be followed`);
    }
    judgeVariable(text.replace(/[=[+].*$/s, ''), scope);
  }
}
