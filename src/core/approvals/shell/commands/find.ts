import { judgePaths, type Noted, type Reach, shown } from '../reach.ts';
import type { Arg } from '../words.ts';
import { READERS } from './readers.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const BEFORE = /^-([HLP]|O[0-3])$/;
const PLAIN = words(
  '-empty -readable -writable -executable -true -false -nouser -nogroup -print -print0 -ls -prune -quit -depth -d -mount -xdev -daystart -noleaf -ignore_readdir_race -noignore_readdir_race -not ! ( ) -a -and -o -or ,',
);
const VALUED = words(
  '-name -iname -path -ipath -wholename -iwholename -regex -iregex -lname -ilname -type -xtype -size -mtime -mmin -atime -amin -ctime -cmin -maxdepth -mindepth -perm -user -group -uid -gid -links -inum -fstype -regextype -used -printf',
);
const FILES = /^-(newer[aBcmt]?[aBcmt]?|anewer|cnewer|samefile)$/;

/** Judges `find`: where it looks, what it chooses, and what it does with that. */
export function judgeFind(args: readonly Arg[], reach: Reach): Noted {
  let at = 0;
  while (BEFORE.test(args[at]?.text ?? '')) at += 1;
  const starts: Arg[] = [];
  for (; at < args.length && !/^[-(!,)]/.test(args[at]?.text ?? ''); at += 1) starts.push(args[at] as Arg);
  if (starts.length === 0) starts.push({ kind: 'literal', text: '.', tilde: false });
  if (starts.some(({ kind }) => kind === 'dynamic')) {
    return reach.refuse('looking through a folder that is only known when the command runs');
  }
  const tests = args.slice(at);
  const name = nameOf(tests);
  const found = starts.map((start): Arg => ({ ...start, kind: 'pattern', text: `${start.text}/**/${name ?? '*'}` }));
  const shown = starts.map(
    (start): Arg => (name === null ? start : { ...start, kind: 'pattern', text: `${start.text}/**/${name}` }),
  );
  judgePaths(shown, 'list', reach, true);
  const follows = args.some(({ text }) => /^-(L|H|follow)$/.test(text));
  const widely = follows || (name === null && starts.some((start) => holdsTop(start, reach)));
  judgeTests(tests, found, { follows, widely }, reach);
}

/** The only name that can be found; null where it may be any, `.git` too. */
function nameOf(tests: readonly Arg[]): string | null {
  const texts = tests.map(({ text }) => text);
  const at = texts.findIndex((text) => text === '-name' || text === '-iname');
  const others = texts.filter((text, index) => index !== at && /^(-i?name|!|-not|-o|-or|,|\()$/.test(text));
  const name = texts[at + 1];
  if (at < 0 || others.length > 0 || tests[at + 1]?.kind === 'dynamic' || name === undefined) return null;
  const plain = name.replace(/\[[^\]]*\]/g, '?');
  return /^[*?]*$/.test(plain) || /[/\\]/.test(plain) ? null : plain;
}

/** Whether what git works with is among what can be found. */
function holdsTop({ text }: Arg, { where, grounds }: Reach): boolean {
  return [...where.folders].some((folder) => {
    const real = grounds.realpath(text.startsWith('/') ? text : `${folder}/${text}`);
    return (
      real === null || grounds.workspace === real || grounds.workspace.startsWith(real === '/' ? real : `${real}/`)
    );
  });
}

function judgeTests(
  tests: readonly Arg[],
  found: readonly Arg[],
  { follows, widely }: { follows: boolean; widely: boolean },
  reach: Reach,
): Noted {
  const broad = () => {
    if (follows) reach.protect('delete-outside');
    if (widely) reach.refuse('changing everything that is found, `.git` or what links lead to included', 'whole');
  };
  for (let at = 0; at < tests.length; at += 1) {
    const arg = tests[at] as Arg;
    const { text } = arg;
    if (arg.kind !== 'literal') {
      return reach.refuse(`an argument that is only known when the command runs (\`${shown(text)}\`)`);
    }
    if (text === '-follow' || PLAIN.has(text)) continue;
    if (VALUED.has(text)) at += 1;
    else if (FILES.test(text)) {
      at += 1;
      judgePaths(tests.slice(at, at + 1), 'list', reach);
    } else if (text === '-delete') {
      broad();
      judgePaths(found, 'remove', reach, true);
    } else if (/^-(exec|execdir|ok|okdir)$/.test(text)) {
      const rest = tests.slice(at + 1);
      const end = rest.findIndex((one) => one.text === ';' || (one.text === '+' && rest[0]?.text !== '+'));
      const inner = end < 0 ? rest : rest.slice(0, end);
      if (inner.some((one) => one.text !== '{}' && one.text.includes('{}'))) {
        return reach.refuse('building a command around each name that is found', 'whole');
      }
      const grammar = READERS[inner[0]?.text ?? ''];
      if (grammar?.does !== 'reads') broad();
      const dir = /dir$/.test(text);
      if (dir && grammar?.does !== 'reads')
        reach.refuse(`\`find ${text}\`, which works in every folder that is found`, 'whole');
      reach.command(inner.flatMap((one) => (one.text === '{}' ? found : [one])));
      at += inner.length + 1;
    } else if (/^-(fprint0?|fprintf|fls)$/.test(text)) {
      judgePaths(tests.slice(at + 1, at + 2), 'write', reach);
      at += text === '-fprintf' ? 2 : 1;
    } else return reach.refuse(`\`find ${shown(text)}\`, whose meaning is not known here`, 'whole');
  }
}
