import { forEachChild, type ParsedScript, type Redirection, type SyntaxNode, type Word } from 'unbash';
import { isKnownCommand } from './commands/judge-command.ts';
import { judgeTest } from './commands/test-command.ts';
import { arithmeticOf, assignedIn, headOf, isPlainArithmetic, readBindings } from './numbers.ts';
import type { Span } from './parts.ts';
import { judgePath, knownIn, type Noted, type Reach, shown } from './reach.ts';
import { judgeVariable } from './variables.ts';
import { type Arg, isNumberWord, readWord } from './words.ts';

interface Facts {
  once: ReadonlySet<string>;
}

/** What a shell that knows only POSIX reads as something else: `((` is a subshell, `[[` a command. */
const NOT_PLAIN = new Set([
  'ArithmeticCommand',
  'ArithmeticFor',
  'TestCommand',
  'ProcessSubstitution',
  'HereString',
  'AnsiCQuoted',
  'LocaleString',
  'BraceExpansion',
  'ExtendedGlob',
  'ArrayValue',
  'Function',
]);

/** Judges a text of the shell: everything in it that could run, whether or not it will. */
export function judgeScript(script: ParsedScript, reach: Reach): Noted {
  const { once, numbers } = readBindings(script);
  judgeInOrder(script, { ...reach, numbers }, { once });
}

function judgeNode(node: SyntaxNode, reach: Reach, facts: Facts): Noted {
  if (reach.shell === 'plain' && NOT_PLAIN.has(node.type)) {
    return reach.refuse(
      `\`${shown('text' in node ? String(node.text) : node.type, 60)}\`, which a plain shell reads in another way`,
    );
  }
  let inner = reach;
  switch (node.type) {
    case 'Script':
      return apart(reach, () => judgeInOrder(node, reach, facts));
    case 'Subshell':
      return apart(reach, () => judgeChildren(node, reach, facts));
    case 'Pipeline':
      for (const command of node.commands) apart(reach, () => judgeNode(command, reach, facts));
      return;
    case 'AndOr':
      return judgeChain(node, reach, facts);
    case 'CompoundList':
      return judgeInOrder(node, reach, facts);
    case 'Function':
      if (isKnownCommand(node.name.value)) reach.refuse(`giving \`${shown(node.name.value)}\` another meaning`);
      if (!/^[A-Za-z_][\w-]*$/.test(node.name.value)) reach.refuse('a function whose name is not plain letters');
      mayRepeat(reach);
      break;
    case 'While':
      mayRepeat(reach);
      break;
    case 'ArithmeticFor':
      mayRepeat(reach);
      judgeArithmetic(headOf(node), reach);
      break;
    case 'ArithmeticCommand':
      judgeArithmetic(node.body, reach);
      break;
    case 'ArithmeticExpansion':
      judgeArithmetic(arithmeticOf(node.text), reach);
      break;
    case 'TestUnary':
      if (/^-[vRo]$/.test(node.operator) && node.operand.parts) {
        reach.refuse('looking for a variable whose name is only known when the command runs');
      }
      if (node.operator === '-v' && !/^[A-Za-z_]\w*$/.test(node.operand.value)) reach.refuse('looking for an element');
      break;
    case 'TestBinary':
      if (/^-(eq|ne|lt|le|gt|ge)$/.test(node.operator)) judgeNumbers([node.left, node.right], reach);
      break;
    case 'Command':
      judgeCommand(node, reach);
      break;
    case 'Assignment':
      reach.piece(node.text, () => judgeAssignment(node, reach), spanOf(node, reach));
      break;
    case 'For':
      mayRepeat(reach);
      judgeVariable(node.name.value, reach);
      inner = withVariable(node.name.value, node.wordlist, reach, facts);
      break;
    case 'Select':
      return reach.refuse('a menu, which nobody can answer');
    case 'Coproc':
      reach.refuse('starting a coprocess');
      break;
    case 'Redirect':
    case 'HereDoc':
    case 'HereString':
      judgeRedirection(node, reach);
      break;
    case 'SimpleExpansion':
      if (!/^\$(\w+|[@*#?$!-])$/.test(node.text)) reach.refuse('a variable of a kind that is not known here');
      break;
    case 'ParameterExpansion':
      judgeExpansion(node, reach);
      break;
    case 'CommandExpansion':
    case 'ProcessSubstitution':
      if (!node.script) reach.refuse('a command that cannot be understood');
      break;
    case 'LocaleString':
      reach.refuse('a translated text, which some shells read in another way');
      break;
    case 'ExtendedGlob':
      reach.refuse('a pattern that some shells read in another way');
      break;
    case 'DoubleQuoted':
      if (isSubscripted(node.parts)) reach.refuse('an element that some shells work out');
      break;
    case 'Word':
      if (isSubscripted(node.parts ?? [])) reach.refuse('an element that some shells work out');
      if (node.text.includes('$[')) reach.refuse('an old form of arithmetic');
      // Zsh puts the path of the program there.
      if (/^=[^=~]/.test(node.text)) reach.refuse(`\`${shown(node.text)}\`, which some shells take for a program`);
      break;
  }
  judgeChildren(node, reach, facts, inner);
}

function judgeChildren(node: SyntaxNode, reach: Reach, facts: Facts, inner = reach): Noted {
  forEachChild(node, (child) => judgeNode(child, child.type === 'CompoundList' ? inner : reach, facts));
}

function judgeCommand(node: Extract<SyntaxNode, { type: 'Command' }>, reach: Reach): Noted {
  if (!node.name) return;
  const known = knownIn(reach);
  const words = node.suffix.flatMap((one) => (one.type === 'Word' ? [one] : []));
  const args = words.flatMap((word) => readWord(word, known));
  const assigned = node.suffix.flatMap((one): Arg[] =>
    one.type === 'Assignment' ? [{ kind: 'literal', text: one.name, tilde: false }] : [],
  );
  const before = node.prefix.some((one) => one.type === 'Assignment' && node.name?.value === 'eval');
  if (before) reach.refuse('a variable for a text that is run');
  judgeNamed(node.name, [...args, ...assigned], reach, spanOf(node, reach));
  const name = node.name.value;
  if (name === '[' || name === 'test') judgeTest(words, reach);
  // Zsh works these out.
  if (/^(return|exit|break|continue|shift)$/.test(name)) judgeNumbers(words, reach);
  if (name === 'let') judgeArithmetic(words.map((word) => (word.parts ? '[' : word.value)).join(','), reach);
}

function judgeArithmetic(text: string, reach: Reach): Noted {
  for (const name of assignedIn(text)) judgeVariable(name, reach);
  if (!isPlainArithmetic(text, reach)) reach.refuse('working with a number whose text may run a command');
}

function judgeNumbers(words: readonly Word[], reach: Reach): Noted {
  const known = knownIn(reach);
  if (words.every((word) => isNumberWord(word, known))) return;
  reach.refuse('working with a number whose text may run a command');
}

function judgeAssignment(node: Extract<SyntaxNode, { type: 'Assignment' }>, reach: Reach): Noted {
  judgeVariable(node.name, reach);
  // The subscript is worked out, and some tables of zsh are what commands mean.
  if (node.index && !/^\d+$/.test(node.index.text)) reach.refuse('setting an element that is only known when it runs');
}

/** Only what gives the value, its length, or a piece of it that is cut by letters. */
function judgeExpansion(node: Extract<SyntaxNode, { type: 'ParameterExpansion' }>, reach: Reach): Noted {
  const { operation, parameter, prefix, index } = node;
  const unknown = () => reach.refuse(`expanding a value in a way that is not known here (\`${shown(node.text, 60)}\`)`);
  if (!/^(\w+|[@*#?$!-])$/.test(parameter) || prefix === '!') return unknown();
  if (index && !/^(@|\*|\d+)$/.test(index.text) && !isPlainArithmetic(index.text, reach)) return unknown();
  switch (operation?.type) {
    case undefined:
    case 'Remove':
    case 'Replace':
    case 'CaseModification':
      return;
    case 'Default':
      if (operation.operator.endsWith('=')) judgeVariable(parameter, reach);
      return;
    case 'Slice':
      return judgeArithmetic(`${operation.offset.text},${operation.length?.text ?? ''}`, reach);
    default:
      return unknown();
  }
}

/** Zsh takes `$x[…]` for an element of `x`, and works out what stands in the brackets. */
function isSubscripted(parts: readonly { type: string; text: string }[]): boolean {
  return parts.some(({ text }, at) => text.startsWith('[') && parts[at - 1]?.type === 'SimpleExpansion');
}

/** What runs in a shell of its own does not change the folder of what follows. */
function apart(reach: Reach, judge: () => Noted): Noted {
  const { folders } = reach.where;
  judge();
  reach.where.folders = folders;
  reach.where.moved = null;
}

/** What may run later, or more than once, may also begin where everything began. */
function mayRepeat({ where, grounds }: Reach): void {
  where.folders = new Set([...where.folders, grounds.workspace]);
  where.repeats = true;
}

/** `cd x && y`: y runs only in x. After the chain every folder on the way is possible. */
function judgeChain(node: Extract<SyntaxNode, { type: 'AndOr' }>, reach: Reach, facts: Facts): Noted {
  const { where } = reach;
  const possible = new Set(where.folders);
  for (const [index, command] of node.commands.entries()) {
    where.moved = null;
    judgeNode(command, reach, facts);
    for (const folder of where.folders) possible.add(folder);
    const goes = command.type === 'Command' && /^(cd|pushd)$/.test(command.name?.value ?? '');
    if (node.operators[index] !== '&&') where.folders = new Set(possible);
    else if (goes && where.moved && !where.unsure) where.folders = where.moved;
  }
}

/**
 * Statements one after the other: what `name=text` alone on one says is known in those that follow, and so is a function
 * that one of them defines.
 */
function judgeInOrder(
  script: ParsedScript | Extract<SyntaxNode, { type: 'CompoundList' }>,
  reach: Reach,
  facts: Facts,
): Noted {
  if ('errors' in script && script.errors?.length) return reach.refuse('a command that cannot be understood');
  // Positions and names in the text of escaped backquotes are its own.
  const own = 'source' in script && script.source !== undefined;
  let current: Reach = own ? { ...reach, variables: new Map(), placed: false } : reach;
  for (const statement of script.commands) {
    judgeNode(statement, current, facts);
    const { command } = statement;
    if (command.type === 'Function' && !statement.background) {
      current = { ...current, functions: new Set([...current.functions, command.name.value]) };
    }
    if (command.type !== 'Command' || command.name || statement.background) continue;
    for (const assignment of command.prefix) {
      if (assignment.type !== 'Assignment' || assignment.append || assignment.index) continue;
      const { value } = assignment;
      if (value.type === 'Word') current = withVariable(assignment.name, [value], current, facts);
    }
  }
}

function withVariable(name: string, words: readonly Word[] | undefined, reach: Reach, facts: Facts): Reach {
  if (!words || !facts.once.has(name) || !/^[A-Za-z]\w*$/.test(name)) return reach;
  const known = knownIn(reach);
  const values = words.flatMap((word) => readWord(word, known));
  if (values.some((value) => value.kind === 'dynamic' || value.tilde)) return reach;
  return { ...reach, variables: new Map([...reach.variables, [name, values]]) };
}

function judgeNamed(name: Word, args: Arg[], reach: Reach, span: Span | undefined): Noted {
  const [first, ...more] = readWord(name, knownIn(reach));
  // Only a name that is plainly there is a name: a variable or a brace could hold anything.
  const plain =
    !name.parts || name.parts.every((part) => part.type !== 'BraceExpansion' && !/^\$[^'"]/.test(part.text));
  if (!first || more.length > 0 || first.kind !== 'literal' || !plain) {
    return reach.refuse(`a command whose name is only known when it runs (\`${shown(name.text)}\`)`);
  }
  reach.command([first, ...args], span, reach);
}

function judgeRedirection(node: Redirection, reach: Reach): Noted {
  if (node.descriptor?.type === 'FileDescriptorVariable') judgeVariable(node.descriptor.name, reach);
  if (node.type !== 'Redirect' || !node.target) return;
  const { operator, target } = node;
  const toNumber = /^(\d*-?)$/.test(target.text);
  if (reach.shell === 'plain' && (operator.startsWith('&') || (operator === '>&' && !toNumber))) {
    return reach.refuse('a redirection that a plain shell reads in another way');
  }
  const judge = (): Noted => {
    for (const arg of readWord(target, knownIn(reach))) {
      if (/^[<>]&$/.test(operator) && /^(\d*-?)$/.test(arg.text)) continue;
      judgePath(arg, operator === '<' ? 'read' : 'write', reach);
    }
    return undefined;
  };
  reach.piece(`${operator} ${target.text}`, judge, spanOf(node, reach));
}

function spanOf({ pos, end }: Span, { placed }: Reach): Span | undefined {
  return placed ? { pos, end } : undefined;
}
