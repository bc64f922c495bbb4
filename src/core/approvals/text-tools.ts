import { judgePaths, type Noted, type Scope, shown } from './scope.ts';
import type { Arg } from './shell-words.ts';

export function judgeFind(args: readonly Arg[], scope: Scope, name: string): Noted {
  const starts: Arg[] = [];
  for (const arg of args) {
    if (/^[-(!]/.test(arg.text) || name === 'fd') break;
    starts.push(arg);
  }
  const first = starts.length;
  if (first === 0) starts.push({ kind: 'literal', text: '.', tilde: false });
  const found = starts.map(
    (start): Arg => ({ ...start, kind: start.kind === 'dynamic' ? 'dynamic' : 'pattern', text: `${start.text}/*` }),
  );
  judgePaths(starts, 'read', scope);
  const chosen = args.some((arg) => /^-(i?name|i?path|i?regex|i?wholename)$/.test(arg.text));
  for (let at = first; at < args.length; at += 1) {
    const arg = args[at] as Arg;
    if (arg.kind === 'dynamic')
      return scope.refuse(`an argument that is only known when the command runs (\`${shown(arg.text)}\`)`);
    if (/^-(delete)$/.test(arg.text)) {
      if (!chosen) scope.refuse('removing everything, `.git` included', 'whole');
      judgePaths(found, 'remove', scope);
    } else if (/^-(exec|execdir|ok|okdir)$/.test(arg.text) || (name === 'fd' && /^(-x|-X|--exec.*)$/.test(arg.text))) {
      const rest = args.slice(at + 1);
      const end = rest.findIndex((one) => one.text === ';' || one.text === '+');
      const inner = end < 0 ? rest : rest.slice(0, end);
      if (inner.some((one) => one.text !== '{}' && one.text.includes('{}'))) {
        return scope.refuse('building a command around each name that is found', 'whole');
      }
      const filled = inner.flatMap((one) => (one.text === '{}' ? found : [one]));
      scope.command(name === 'fd' ? [...filled, ...found] : filled);
      at += inner.length + 1;
    } else if (/^-(fprint0?|fprintf|fls)$/.test(arg.text)) {
      judgePaths(args.slice(at + 1, at + 2), 'write', scope);
    } else if (/^-(files0-from|newer.*|samefile)$/.test(arg.text) || name === 'fd') {
      judgePaths(name === 'fd' ? [arg] : args.slice(at + 1, at + 2), 'read', scope);
    }
  }
}

const SED_ADDRESS = String.raw`(\d+|\$|/[^/\n]*/I?)`;
/** The commands of sed that only change the text that passes through. */
const SED_PLAIN = new RegExp(
  String.raw`^\s*(${SED_ADDRESS}(,(\+?\d+|\$|/[^/\n]*/I?))?\s*!?\s*)?([pdqnNGgHhxDP=]|y([^\w\s\\]).*|s(?<mark>[^\w\s\\])(?:(?!\k<mark>)[^\\\n]|\\.)*\k<mark>(?:(?!\k<mark>)[^\\\n]|\\.)*\k<mark>[gpiIm\d]*)?\s*$`,
);

export function judgeSed(args: readonly Arg[], scope: Scope): Noted {
  const inPlace = args.some((arg) => /^(-[a-zA-Z]*i.*|--in-place.*)$/.test(arg.text));
  const scripts: Arg[] = [];
  const files: Arg[] = [];
  let given = false;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] as Arg;
    if (/^(-[nrEsuz]*e|--expression)$/.test(arg.text)) {
      given = true;
      scripts.push(...args.slice(at + 1, at + 2));
      at += 1;
    } else if (/^(-[nrEsuz]+|--(quiet|silent|regexp-extended|posix|separate|null-data|debug))$/.test(arg.text))
      continue;
    else if (/^(-[nrEsuz]*i(\.\w+)?|--in-place(=\.?\w+)?)$/.test(arg.text)) continue;
    else if (arg.text.startsWith('-'))
      return scope.refuse(`\`sed ${shown(arg.text)}\`, whose meaning is not known here`, 'whole');
    else files.push(arg);
  }
  if (!given) scripts.push(...files.splice(0, 1));
  for (const script of scripts) {
    const plain = script.kind !== 'dynamic' && script.text.split(/[;\n]/).every((one) => SED_PLAIN.test(one));
    if (!plain) scope.refuse(`a script of sed that may do more than change text (\`${shown(script.text)}\`)`, 'whole');
  }
  judgePaths(files, inPlace ? 'write' : 'read', scope);
}

export function judgeAwk(args: readonly Arg[], scope: Scope): Noted {
  const files: Arg[] = [];
  let program: Arg | null = null;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] as Arg;
    if (/^-[vF]$/.test(arg.text)) at += 1;
    else if (/^-[vF]./.test(arg.text)) continue;
    else if (arg.text.startsWith('-'))
      return scope.refuse(`\`awk ${shown(arg.text)}\`, whose meaning is not known here`, 'whole');
    else if (program) files.push(arg);
    else program = arg;
  }
  const text = program?.text.replaceAll('||', '') ?? '';
  if (program?.kind === 'dynamic' || /system|getline|[|@]|print[^;}]*>|close|ENVIRON/.test(text)) {
    scope.refuse('a program of awk that may do more than print', 'whole');
  }
  judgePaths(files, 'read', scope);
}

export function judgeSort(args: readonly Arg[], scope: Scope): Noted {
  if (args.some((arg) => /^--(compress|files0|random-source|temp)/.test(arg.text) || /^-T/.test(arg.text))) {
    return scope.refuse('`sort` with a program or a folder of its own', 'whole');
  }
  const writes = args.some((arg) => /^(-[a-zA-Z]*o.*|--o.*)$/.test(arg.text));
  const plain = args.map((arg) => ({ ...arg, text: arg.text.replace(/^-[a-zA-Z]*o(?=[/~.])/, '') }));
  judgePaths(plain, writes ? 'write' : 'read', scope);
}
