import { has, readOptions } from '../grammar/options.ts';
import { enterFolder, judgePath, type Noted, type Scope, shown } from '../scope.ts';
import { judgeVariable } from '../variables.ts';
import type { Arg } from '../words.ts';
import { judgeFileOfCode } from './judge-command.ts';
import { PRIVILEGE, WRAPPERS } from './table.ts';

/** Runs a text as code of the shell; only one that is plainly there. */
export function runCode(args: readonly Arg[], text: string, scope: Scope, shell: Scope['shell']): Noted {
  if (args.some((arg) => arg.kind !== 'literal')) return scope.refuse('running a text that is only known when it runs');
  scope.script(text, shell);
}

/** What is set as a trap runs later, from wherever the command is then. */
export function judgeTrap(args: readonly Arg[], scope: Scope): Noted {
  const [first] = args;
  if (!first || /^(-[lp]|-)$/.test(first.text)) return;
  if (first.text.startsWith('-') && first.text !== '--') return scope.refuse(`\`trap ${shown(first.text)}\``);
  const code = first.text === '--' ? args[1] : first;
  if (!code) return;
  if (code.text.includes('..')) return scope.refuse('going up in what runs later');
  runCode([code], code.text, scope, scope.shell);
}

export function goBack({ where }: Scope): Noted {
  where.folders = new Set(where.seen);
}

export function judgeFolderChange(args: readonly Arg[], scope: Scope): Noted {
  const at = args.findIndex((arg) => !/^-[LPe@]+$/.test(arg.text));
  const target = args[at]?.text === '--' ? args[at + 1] : args[at];
  if (!target) return scope.refuse('going to the home folder');
  if (target.text === '-') return goBack(scope);
  if (target.kind !== 'literal')
    return scope.refuse(`going to a folder that is only known when the command runs (\`${shown(target.text)}\`)`);
  if (target.tilde) return scope.refuse(`going to ${shown(target.text)}, which is outside the workspace`);
  // Zsh takes `-2` and `+2` for folders it was in.
  if (/^[-+]/.test(target.text)) return scope.refuse(`going to \`${shown(target.text)}\`, which cannot be followed`);
  enterFolder(target.text, scope);
}

export function judgeEnv(args: readonly Arg[], scope: Scope): Noted {
  const plain = (at: number): Noted => {
    const inner = args.slice(at);
    // Without its token the command is no longer that of the task.
    if (inner.some(({ text }) => /(^|\/)drover$/.test(text)) && at > 0) scope.protect('drover-data');
    scope.command(inner);
  };
  for (let at = 0; at < args.length; at += 1) {
    const { text, kind } = args[at] as Arg;
    const assigned = /^([A-Za-z_]\w*)=/.exec(text)?.[1];
    if (kind === 'dynamic' && assigned === undefined)
      return scope.refuse('an environment that is only known when the command runs');
    if (assigned !== undefined) judgeVariable(assigned, scope);
    else if (text === '-u' || text === '--unset') {
      at += 1;
      judgeVariable(args[at]?.text ?? '', scope);
    } else if (/^(-u\w+|--unset=\w+)$/.test(text)) judgeVariable(text.replace(/^(-u|--unset=)/, ''), scope);
    else if (text === '--') return plain(at + 1);
    else if (!/^(-|-i|-0|--ignore-environment|--null)$/.test(text)) {
      if (!text.startsWith('-')) return plain(at);
      scope.refuse(`\`env ${shown(text)}\``, 'whole');
      const rest = args.slice(at + 1);
      if (/^(-\w*S|--split-string)/.test(text))
        scope.script(text.replace(/^(-\w*S|--split-string=?)/, '') || (rest[0]?.text ?? ''), 'plain');
      return scope.command(rest.filter((arg) => !arg.text.startsWith('-')));
    }
  }
}

export function judgeWrapped(args: readonly Arg[], scope: Scope, name: string): Noted {
  const wrapper = WRAPPERS[name];
  if (!wrapper) return;
  if (name === 'sudo' || name === 'doas') scope.refuse(`\`${name}\`, ${PRIVILEGE}`, 'whole');
  if (name === 'command' && /^-[vV]+$/.test(args[0]?.text ?? '')) return;
  const found = readOptions(args, { does: 'reads', options: wrapper.options }, true);
  for (const word of found.unknown)
    scope.refuse(`\`${name} ${shown(word.text)}\`, whose meaning is not known here`, 'whole');
  const before = found.operands.slice(0, wrapper.operands);
  const inner = found.operands.slice(wrapper.operands);
  if (before.some(({ kind }) => kind !== 'literal'))
    scope.refuse(`\`${name}\` with a word that is only known when it runs`);
  for (const word of name === 'flock' ? before : []) judgePath(word, 'write', scope);
  if (name === 'exec' && inner.length === 0) return;
  if (inner.length === 0) return scope.refuse(`\`${name}\` without a command`);
  // What stands behind a wrapper is a program, never a function, and for some never what the shell does itself.
  if (name === 'command' || name === 'builtin' || name === 'exec')
    return scope.command(inner, undefined, { ...scope, functions: new Set() });
  if (name !== 'xargs') return scope.command(inner);
  // What is read stands at the end, or wherever the word after -I stands.
  const read: Arg = { kind: 'dynamic', text: 'what xargs reads', tilde: false };
  const token = found.given.find((one) => one.name === '-I')?.value?.text;
  if (token === undefined) return scope.command([...inner, read]);
  if (has(found, '-I') && token === '') return scope.refuse('`xargs -I` without a word');
  scope.command(inner.map((arg) => (arg.text.includes(token) ? read : arg)));
}

/** Which shells read as POSIX says, and so not as bash does. */
const PLAIN_SHELLS = /^(sh|dash|ash|ksh|rbash)$/;

export function judgeShellProgram(args: readonly Arg[], scope: Scope, name: string): Noted {
  const shell = PLAIN_SHELLS.test(name) ? 'plain' : 'bash';
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] as Arg;
    if (arg.kind === 'dynamic') return scope.refuse(`\`${name}\` with a text that is only known when it runs`);
    if (/^-[euxlni]*c[euxlni]*$/.test(arg.text) || (/^-[euxlnio]*c$/.test(arg.text) && shell === 'bash')) {
      let next = at + 1;
      // `-euo pipefail -c`: the names come before the text.
      if (/o/.test(arg.text)) next += 1;
      while (/^[-+]/.test(args[next]?.text ?? '')) {
        if (!/^(-[euxlni]+|--)$/.test(args[next]?.text ?? ''))
          return scope.refuse(`\`${name} ${shown(args[next]?.text ?? '')}\``);
        next += 1;
      }
      const code = args[next];
      if (!code) return scope.refuse(`\`${name} -c\` without a text`);
      return runCode([code], code.text, scope, shell);
    }
    if (/^(-o|-[euxlni]+o)$/.test(arg.text)) {
      at += 1;
      if (!/^(pipefail|errexit|nounset|xtrace)$/.test(args[at]?.text ?? ''))
        return scope.refuse(`\`${name} ${shown(arg.text)}\``);
    } else if (/^-[euxlni]+$|^--(login|norc|noprofile|posix)$|^--$/.test(arg.text)) continue;
    else if (/^[-+]/.test(arg.text)) {
      scope.refuse(`\`${name} ${shown(arg.text)}\``, 'whole');
      const code = args.slice(at + 1).find((one) => /\s/.test(one.text));
      return code?.kind === 'literal' ? scope.script(code.text, shell) : undefined;
    } else return judgeFileOfCode(args.slice(at), scope, name);
  }
  scope.refuse(`\`${name}\` with commands from its input, which cannot be seen`);
}

/** A format may put a number into a variable, or work out what it is given. */
export function judgePrintf(args: readonly Arg[], scope: Scope): Noted {
  const [first, ...rest] = args;
  if (!first) return;
  if (first.text === '-v' || /^-v./.test(first.text)) {
    const name = first.text.slice(2) || (rest[0]?.text ?? '');
    if (!/^[A-Za-z_]\w*$/.test(name)) return scope.refuse('printing into a variable that is not plain');
    judgeVariable(name, scope);
    return judgePrintf(first.text === '-v' ? rest.slice(1) : rest, scope);
  }
  if (first.text === '--') return judgePrintf(rest, scope);
  if (first.kind === 'dynamic') return scope.refuse('printing in a way that is only known when the command runs');
  const signs = [...first.text.matchAll(/%([-+ #0]*)(\*|\d*)(\.(\*|\d*))?(.)?/gs)];
  if (
    signs.some(
      ([, , width, , precision, sign]) =>
        !/^[%sbqcdiouxXeEfgG]$/.test(sign ?? '') || width === '*' || precision === '*',
    )
  ) {
    return scope.refuse('printing in a way that is not known here');
  }
  const numbers = signs.some(([, , , , , sign]) => /[diouxXeEfgG]/.test(sign ?? ''));
  if (numbers && rest.some((arg) => arg.kind === 'dynamic'))
    scope.refuse('printing a number whose text may run a command');
}
