import { readOptions } from '../grammar/options.ts';
import { judgePaths, type Noted, type Reach, shown } from '../reach.ts';
import type { Arg } from '../words.ts';

const OPTIONS = '-F,--field-separator:text -v,--assign:text -f,--file:read --posix --traditional --version --help';

/** Judges `awk`: its program may only work with what passes through and print it. */
export function judgeAwk(args: readonly Arg[], reach: Reach): Noted {
  const found = readOptions(args, { does: 'reads', options: OPTIONS }, true);
  for (const word of found.unknown)
    reach.refuse(`\`awk ${shown(word.text)}\`, whose meaning is not known here`, 'whole');
  const given = (name: string) => found.given.filter((one) => one.name === name);
  for (const { value } of given('-v')) {
    const name = /^([A-Za-z_]\w*)=/.exec(value?.kind === 'dynamic' ? (value.starts ?? '') : (value?.text ?? ''))?.[1];
    if (name === undefined || !isPlainName(name)) reach.refuse('`awk` with a variable of its own meaning', 'whole');
  }
  const files = [...found.operands];
  const programs = given('-f');
  if (programs.length > 0) {
    // What stands in it is code of the project.
    reach.change();
    judgePaths(
      programs.flatMap(({ value }) => (value ? [value] : [])),
      'write',
      reach,
    );
  } else {
    const program = files.shift();
    if (program?.kind !== 'literal' || !isPlainAwk(program.text)) {
      reach.refuse('a program of awk that may do more than print', 'whole');
    }
  }
  for (const file of files) {
    const name = /^([A-Za-z_]\w*)=/.exec(file.text)?.[1];
    if (name !== undefined && !isPlainName(name)) reach.refuse('`awk` with a variable of its own meaning', 'whole');
  }
  judgePaths(files, 'read', reach);
}

const TOKEN =
  /\s+|\\\n|#[^\n]*|"(?:[^"\\\n]|\\.)*"|\d+\.?\d*(?:[eE][+-]?\d+)?|[A-Za-z_]\w*|\|\||&&|>=|<=|==|!=|!~|\+\+|--|[-+*/%^]=|[-+*/%^=<>!~?:,;(){}[\]$|&@.\n]/y;
const REGEX = /\/(?:[^/\\\n[]|\\.|\[\^?\]?[^\]\n]*\])*\//y;
/** Names in capitals that only tell of the text. */
const CAPITALS =
  /^(NR|NF|FNR|FS|OFS|ORS|RS|RT|FILENAME|RSTART|RLENGTH|SUBSEP|OFMT|CONVFMT|IGNORECASE|FPAT|FIELDWIDTHS|BEGIN|END)$/;
const CALLS =
  /^(length|substr|index|split|sub|gsub|gensub|match|tolower|toupper|sprintf|int|sqrt|exp|log|sin|cos|atan2|rand|srand|printf|print|if|while|for|in|return|asort|asorti|strftime|systime|and|or|xor|strtonum|delete|exit|else|do|patsplit)$/;
const NEVER =
  /^(system|getline|close|fflush|function|func|nextfile|BEGINFILE|ENDFILE|ENVIRON|ARGV|ARGC|ARGIND|PROCINFO|SYMTAB|FUNCTAB|TEXTDOMAIN|BINMODE|ERRNO|LINT)$/;

function isPlainName(name: string): boolean {
  return !NEVER.test(name) && (!/^[A-Z]+$/.test(name) || CAPITALS.test(name) || name.length <= 2);
}

/** Reads a program of awk word by word; what it does not know of is not plain. */
export function isPlainAwk(text: string): boolean {
  let at = 0;
  let depth = 0;
  // In `print a > b` the sign writes a file, elsewhere it compares.
  let printing = false;
  let before = '';
  for (let steps = 0; at < text.length; steps += 1) {
    if (steps > 5_000) return false;
    const value = /^([)\]$]|[\w"].*)$/s.test(before) && !/^(print|printf|return|in|if|while|else|do)$/.test(before);
    const shape = text[at] === '/' && !value ? REGEX : TOKEN;
    shape.lastIndex = at;
    const token = shape.exec(text)?.[0];
    if (token === undefined) return false;
    at += token.length;
    if (/^(\s+|\\\n|#.*)$/s.test(token)) {
      if (token.includes('\n') && !token.startsWith('\\')) printing = false;
      continue;
    }
    if (token === '|' || token === '&' || token === '@') return false;
    if (token === '>' && printing) return false;
    if (token === ';' || token === '}') printing = false;
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (/^[A-Za-z_]/.test(token)) {
      if (NEVER.test(token) || !isPlainName(token)) return false;
      if (/^\s*\(/.test(text.slice(at)) && !CALLS.test(token) && text[at] === '(') return false;
      if (token === 'print' || token === 'printf') printing = true;
    }
    before = shape === REGEX ? ')' : token;
  }
  return depth === 0;
}
