import { has, readOptions } from '../grammar/options.ts';
import { enterFolder, judgePath, type Noted, type Reach, shown, UNSEEN_SCRIPT } from '../reach.ts';
import { judgeVariable } from '../variables.ts';
import type { Arg } from '../words.ts';
import { judgeFileOfCode } from './judge-command.ts';
import { PRIVILEGE, WRAPPERS } from './table.ts';

/** Runs a text as code of the shell; only one that is plainly there. */
export function runCode(args: readonly Arg[], text: string, reach: Reach, shell: Reach['shell']): Noted {
  if (args.some((arg) => arg.kind !== 'literal')) return reach.refuse('running a text that is only known when it runs');
  reach.script(text, shell);
}

/** What is set as a trap runs later, from wherever the command is then. */
export function judgeTrap(args: readonly Arg[], reach: Reach): Noted {
  const [first] = args;
  if (!first || /^(-[lp]|-)$/.test(first.text)) return;
  if (first.text.startsWith('-') && first.text !== '--') return reach.refuse(`\`trap ${shown(first.text)}\``);
  const code = first.text === '--' ? args[1] : first;
  if (!code) return;
  if (code.text.includes('..')) return reach.refuse('going up in what runs later');
  runCode([code], code.text, reach, reach.shell);
}

export function goBack({ where }: Reach): Noted {
  where.folders = new Set(where.seen);
}

export function judgeFolderChange(args: readonly Arg[], reach: Reach): Noted {
  const at = args.findIndex((arg) => !/^-[LPe@]+$/.test(arg.text));
  const target = args[at]?.text === '--' ? args[at + 1] : args[at];
  if (!target) return reach.refuse('going to the home folder');
  if (target.text === '-') return goBack(reach);
  if (target.kind !== 'literal')
    return reach.refuse(`going to a folder that is only known when the command runs (\`${shown(target.text)}\`)`);
  if (target.tilde) return reach.refuse(`going to ${shown(target.text)}, which is outside the workspace`);
  // Zsh takes `-2` and `+2` for folders it was in.
  if (/^[-+]/.test(target.text)) return reach.refuse(`going to \`${shown(target.text)}\`, which cannot be followed`);
  enterFolder(target.text, reach);
}

export function judgeEnv(args: readonly Arg[], reach: Reach): Noted {
  const plain = (at: number): Noted => {
    const inner = args.slice(at);
    // Without its token the command is no longer that of the task.
    if (inner.some(({ text }) => /(^|\/)drover$/.test(text)) && at > 0) reach.protect('drover-data');
    reach.command(inner);
  };
  for (let at = 0; at < args.length; at += 1) {
    const { text, kind } = args[at] as Arg;
    const assigned = /^([A-Za-z_]\w*)=/.exec(text)?.[1];
    if (kind === 'dynamic' && assigned === undefined)
      return reach.refuse('an environment that is only known when the command runs');
    if (assigned !== undefined) judgeVariable(assigned, reach);
    else if (text === '-u' || text === '--unset') {
      at += 1;
      judgeVariable(args[at]?.text ?? '', reach);
    } else if (/^(-u\w+|--unset=\w+)$/.test(text)) judgeVariable(text.replace(/^(-u|--unset=)/, ''), reach);
    else if (text === '--') return plain(at + 1);
    else if (!/^(-|-i|-0|--ignore-environment|--null)$/.test(text)) {
      if (!text.startsWith('-')) return plain(at);
      reach.refuse(`\`env ${shown(text)}\``, 'whole');
      const rest = args.slice(at + 1);
      if (/^(-\w*S|--split-string)/.test(text))
        reach.script(text.replace(/^(-\w*S|--split-string=?)/, '') || (rest[0]?.text ?? ''), 'plain');
      return reach.command(rest.filter((arg) => !arg.text.startsWith('-')));
    }
  }
}

export function judgeWrapped(args: readonly Arg[], reach: Reach, name: string): Noted {
  const wrapper = WRAPPERS[name];
  if (!wrapper) return;
  if (name === 'sudo' || name === 'doas') reach.refuse(`\`${name}\`, ${PRIVILEGE}`, 'whole');
  if (name === 'command' && /^-[vV]+$/.test(args[0]?.text ?? '')) return;
  const found = readOptions(args, { does: 'reads', options: wrapper.options }, true);
  for (const word of found.unknown)
    reach.refuse(`\`${name} ${shown(word.text)}\`, whose meaning is not known here`, 'whole');
  const before = found.operands.slice(0, wrapper.operands);
  const inner = found.operands.slice(wrapper.operands);
  if (before.some(({ kind }) => kind !== 'literal'))
    reach.refuse(`\`${name}\` with a word that is only known when it runs`);
  for (const word of name === 'flock' ? before : []) judgePath(word, 'write', reach);
  if (name === 'exec' && inner.length === 0) return;
  if (inner.length === 0) return reach.refuse(`\`${name}\` without a command`);
  // What stands behind a wrapper is a program, never a function, and for some never what the shell does itself.
  if (name === 'command' || name === 'builtin' || name === 'exec')
    return reach.command(inner, undefined, { ...reach, functions: new Set() });
  if (name !== 'xargs') return reach.command(inner);
  // What is read stands at the end, or wherever the word after -I stands.
  const read: Arg = { kind: 'dynamic', text: 'what xargs reads', tilde: false };
  const token = found.given.find((one) => one.name === '-I')?.value?.text;
  if (token === undefined) return reach.command([...inner, read]);
  if (has(found, '-I') && token === '') return reach.refuse('`xargs -I` without a word');
  reach.command(inner.map((arg) => (arg.text.includes(token) ? read : arg)));
}

/** Which shells read as POSIX says, and so not as bash does. */
const PLAIN_SHELLS = /^(sh|dash|ash|ksh|rbash)$/;

export function judgeShellProgram(args: readonly Arg[], reach: Reach, name: string): Noted {
  const shell = PLAIN_SHELLS.test(name) ? 'plain' : 'bash';
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] as Arg;
    if (arg.kind === 'dynamic') return reach.refuse(`\`${name}\` with a text that is only known when it runs`);
    if (/^-[euxlni]*c[euxlni]*$/.test(arg.text) || (/^-[euxlnio]*c$/.test(arg.text) && shell === 'bash')) {
      let next = at + 1;
      // `-euo pipefail -c`: the names come before the text.
      if (/o/.test(arg.text)) next += 1;
      while (/^[-+]/.test(args[next]?.text ?? '')) {
        if (!/^(-[euxlni]+|--)$/.test(args[next]?.text ?? ''))
          return reach.refuse(`\`${name} ${shown(args[next]?.text ?? '')}\``);
        next += 1;
      }
      const code = args[next];
      if (!code) return reach.refuse(`\`${name} -c\` without a text`);
      return runCode([code], code.text, reach, shell);
    }
    if (/^(-o|-[euxlni]+o)$/.test(arg.text)) {
      at += 1;
      if (!/^(pipefail|errexit|nounset|xtrace)$/.test(args[at]?.text ?? ''))
        return reach.refuse(`\`${name} ${shown(arg.text)}\``);
    } else if (/^-[euxlni]+$|^--(login|norc|noprofile|posix)$|^--$/.test(arg.text)) continue;
    else if (/^[-+]/.test(arg.text)) {
      reach.refuse(`\`${name} ${shown(arg.text)}\``, 'whole');
      const code = args.slice(at + 1).find((one) => /\s/.test(one.text));
      return code?.kind === 'literal' ? reach.script(code.text, shell) : undefined;
    } else return judgeFileOfCode(args.slice(at), reach, name);
  }
  reach.refuse(`\`${name}\`, ${UNSEEN_SCRIPT}`);
}

/** A format may put a number into a variable, or work out what it is given. */
export function judgePrintf(args: readonly Arg[], reach: Reach): Noted {
  const [first, ...rest] = args;
  if (!first) return;
  if (first.text === '-v' || /^-v./.test(first.text)) {
    const name = first.text.slice(2) || (rest[0]?.text ?? '');
    if (!/^[A-Za-z_]\w*$/.test(name)) return reach.refuse('printing into a variable that is not plain');
    judgeVariable(name, reach);
    return judgePrintf(first.text === '-v' ? rest.slice(1) : rest, reach);
  }
  if (first.text === '--') return judgePrintf(rest, reach);
  if (first.kind === 'dynamic') return reach.refuse('printing in a way that is only known when the command runs');
  const signs = [...first.text.matchAll(/%([-+ #0]*)(\*|\d*)(\.(\*|\d*))?(.)?/gs)];
  if (
    signs.some(
      ([, , width, , precision, sign]) =>
        !/^[%sbqcdiouxXeEfgG]$/.test(sign ?? '') || width === '*' || precision === '*',
    )
  ) {
    return reach.refuse('printing in a way that is not known here');
  }
  const numbers = signs.some(([, , , , , sign]) => /[diouxXeEfgG]/.test(sign ?? ''));
  if (numbers && rest.some((arg) => arg.kind === 'dynamic'))
    reach.refuse('printing a number whose text may run a command');
}
