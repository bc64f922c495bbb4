import { forEachChild, type SyntaxNode, type Word } from 'unbash';
import type { Known } from './words.ts';
import { isNumberWord } from './words.ts';

/** Only plain numbers, names and signs: no `[`, which would be worked out again, and nothing that runs a command. */
const PLAIN = /^[\w\s+\-*/%()<>=!&|?:,^~$#{}]*$/;
const NAME = /[A-Za-z_]\w*/g;

/**
 * Whether working out a number can only give a number: a shell evaluates what a variable holds as arithmetic again, and
 * a subscript in it runs commands, so every name in it must be one that can only hold a number.
 */
export function isPlainArithmetic(text: string, { numbers }: Pick<Known, 'numbers'>): boolean {
  if (!PLAIN.test(text) || /\w\s+[A-Za-z_]/.test(text)) return false;
  if (/\$(?!\w|\{\w+\}|#|\?)|[{}](?<!\$\{|\$\{\w+\})/.test(text)) return false;
  return (text.replace(/\b0x[0-9a-f]+\b/gi, '').match(NAME) ?? []).every((name) => numbers.has(name));
}

/** What stands between the brackets of `$((…))`, `((…))` or `for ((…))`. */
export function arithmeticOf(text: string): string {
  return /\(\((.*?)\)\)/s.exec(text)?.[1] ?? text;
}

/** The names that are given a value in a text of arithmetic. */
export function assignedIn(text: string): string[] {
  return [
    ...text.matchAll(
      /([A-Za-z_]\w*)\s*(?:[-+*/%&|^]|<<|>>)?=(?!=)|(?:\+\+|--)\s*([A-Za-z_]\w*)|([A-Za-z_]\w*)\s*(?:\+\+|--)/g,
    ),
  ].flatMap(([, set, before, after]) => [set ?? before ?? after ?? '']);
}

/** Commands that may give any variable a value, in ways that are not followed. */
const BINDERS =
  /^(read|mapfile|readarray|getopts|export|declare|typeset|local|readonly|unset|builtin|command|eval|source|\.|trap|wait|let)$/;

/** What a script says of its variables, wherever in it that stands. */
export interface Bindings {
  /** Variables that are given a value in exactly one place, so that this is their value wherever it reaches. */
  once: ReadonlySet<string>;
  numbers: ReadonlySet<string>;
}

export function readBindings(script: SyntaxNode): Bindings {
  const times = new Map<string, number>();
  const values: [name: string, words: readonly Word[] | null][] = [];
  let unclear = false;
  const bind = (name: string, words: readonly Word[] | null) => {
    times.set(name, (times.get(name) ?? 0) + 1);
    values.push([name, words]);
  };
  const look = (node: SyntaxNode) => {
    if (node.type === 'Assignment') {
      bind(node.name, node.value.type === 'Word' && !node.index ? [node.value] : null);
    }
    if (node.type === 'For') bind(node.name.value, node.wordlist ?? null);
    if (node.type === 'Select') bind(node.name.value, null);
    if (node.type === 'ParameterExpansion' && node.operation?.type === 'Default') bind(node.parameter, null);
    if (node.type === 'ArithmeticExpansion') for (const name of assignedIn(node.text)) bind(name, []);
    if (node.type === 'ArithmeticCommand') for (const name of assignedIn(node.body)) bind(name, []);
    if (node.type === 'Command' && node.name) {
      const { value, parts } = node.name;
      const printsInto = value === 'printf' && !/^[^-$`]/.test(node.args[0]?.text.replace(/^["']/, '') ?? '%');
      if (BINDERS.test(value) || printsInto || (parts && !/^[\w./-]+$/.test(value))) unclear = true;
    }
    forEachChild(node, look);
  };
  look(script);
  if (script.type === 'Script') bindArithmeticLoops(script, bind);
  const once = unclear ? [] : [...times].flatMap(([name, count]) => (count === 1 ? [name] : []));
  return { once: new Set(once), numbers: unclear ? new Set() : numbersAmong(values) };
}

function bindArithmeticLoops(script: SyntaxNode, bind: (name: string, words: readonly Word[]) => void): void {
  const look = (node: SyntaxNode) => {
    if (node.type === 'ArithmeticFor') for (const name of assignedIn(headOf(node))) bind(name, []);
    forEachChild(node, look);
  };
  look(script);
}

/** The three expressions of `for ((…))`, as far as they can be written out. */
export function headOf({ initialize, test, update }: Extract<SyntaxNode, { type: 'ArithmeticFor' }>): string {
  return [initialize, test, update].map((one) => (one ? written(one) : '')).join(', ');
}

function written(node: NonNullable<Extract<SyntaxNode, { type: 'ArithmeticFor' }>['test']>): string {
  switch (node.type) {
    case 'ArithmeticBinary':
      return `${written(node.left)} ${node.operator} ${written(node.right)}`;
    case 'ArithmeticUnary':
      return node.prefix ? node.operator + written(node.operand) : written(node.operand) + node.operator;
    case 'ArithmeticTernary':
      return `${written(node.test)} ? ${written(node.consequent)} : ${written(node.alternate)}`;
    case 'ArithmeticGroup':
      return `(${written(node.expression)})`;
    case 'ArithmeticWord':
      return node.value;
    case 'ArithmeticCommandExpansion':
      return '[';
  }
}

/** Those of which every value is a number, or comes from others of which that is so. */
function numbersAmong(values: readonly [string, readonly Word[] | null][]): Set<string> {
  const numbers = new Set(values.map(([name]) => name));
  const known = (): Known => ({ variables: new Map(), numbers, home: '', folder: null });
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, words] of values) {
      if (!numbers.has(name) || words?.every((word) => isNumberWord(word, known()) || isRange(word))) continue;
      numbers.delete(name);
      changed = true;
    }
  }
  return numbers;
}

function isRange({ text }: Word): boolean {
  return /^\{\d{1,9}\.\.\d{1,9}\}$/.test(text) || /^\$\(\s*seq( +\d{1,9}){1,3}\s*\)$/.test(text);
}
