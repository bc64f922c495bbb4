import { forEachChild, type ParsedScript, type Redirection, type SyntaxNode, type Word } from 'unbash';
import { isKnownCommand } from './commands/judge-command.ts';
import { judgeTest } from './commands/test-command.ts';
import { arithmeticOf, assignedIn, headOf, isPlainArithmetic, readBindings } from './numbers.ts';
import type { Span } from './parts.ts';
import { judgePath, knownIn, type Noted, type Scope, shown } from './scope.ts';
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
export function judgeScript(script: ParsedScript, scope: Scope): Noted {
  const { once, numbers } = readBindings(script);
  judgeInOrder(script, { ...scope, numbers }, { once });
}

function judgeNode(node: SyntaxNode, scope: Scope, facts: Facts): Noted {
  if (scope.shell === 'plain' && NOT_PLAIN.has(node.type)) {
    return scope.refuse(
      `\`${shown('text' in node ? String(node.text) : node.type, 60)}\`, which a plain shell reads in another way`,
    );
  }
  let inner = scope;
  switch (node.type) {
    case 'Script':
      return apart(scope, () => judgeInOrder(node, scope, facts));
    case 'Subshell':
      return apart(scope, () => judgeChildren(node, scope, facts));
    case 'Pipeline':
      for (const command of node.commands) apart(scope, () => judgeNode(command, scope, facts));
      return;
    case 'AndOr':
      return judgeChain(node, scope, facts);
    case 'CompoundList':
      return judgeInOrder(node, scope, facts);
    case 'Function':
      if (isKnownCommand(node.name.value)) scope.refuse(`giving \`${shown(node.name.value)}\` another meaning`);
      if (!/^[A-Za-z_][\w-]*$/.test(node.name.value)) scope.refuse('a function whose name is not plain letters');
      mayRepeat(scope);
      break;
    case 'While':
      mayRepeat(scope);
      break;
    case 'ArithmeticFor':
      mayRepeat(scope);
      judgeArithmetic(headOf(node), scope);
      break;
    case 'ArithmeticCommand':
      judgeArithmetic(node.body, scope);
      break;
    case 'ArithmeticExpansion':
      judgeArithmetic(arithmeticOf(node.text), scope);
      break;
    case 'TestUnary':
      if (/^-[vRo]$/.test(node.operator) && node.operand.parts) {
        scope.refuse('looking for a variable whose name is only known when the command runs');
      }
      if (node.operator === '-v' && !/^[A-Za-z_]\w*$/.test(node.operand.value)) scope.refuse('looking for an element');
      break;
    case 'TestBinary':
      if (/^-(eq|ne|lt|le|gt|ge)$/.test(node.operator)) judgeNumbers([node.left, node.right], scope);
      break;
    case 'Command':
      judgeCommand(node, scope);
      break;
    case 'Assignment':
      scope.piece(node.text, () => judgeAssignment(node, scope), spanOf(node, scope));
      break;
    case 'For':
      mayRepeat(scope);
      judgeVariable(node.name.value, scope);
      inner = withVariable(node.name.value, node.wordlist, scope, facts);
      break;
    case 'Select':
      return scope.refuse('a menu, which nobody can answer');
    case 'Coproc':
      scope.refuse('starting a coprocess');
      break;
    case 'Redirect':
    case 'HereDoc':
    case 'HereString':
      judgeRedirection(node, scope);
      break;
    case 'SimpleExpansion':
      if (!/^\$(\w+|[@*#?$!-])$/.test(node.text)) scope.refuse('a variable of a kind that is not known here');
      break;
    case 'ParameterExpansion':
      judgeExpansion(node, scope);
      break;
    case 'CommandExpansion':
    case 'ProcessSubstitution':
      if (!node.script) scope.refuse('a command that cannot be understood');
      break;
    case 'LocaleString':
      scope.refuse('a translated text, which some shells read in another way');
      break;
    case 'ExtendedGlob':
      scope.refuse('a pattern that some shells read in another way');
      break;
    case 'DoubleQuoted':
      if (isSubscripted(node.parts)) scope.refuse('an element that some shells work out');
      break;
    case 'Word':
      if (isSubscripted(node.parts ?? [])) scope.refuse('an element that some shells work out');
      if (node.text.includes('$[')) scope.refuse('an old form of arithmetic');
      // Zsh puts the path of the program there.
      if (/^=[^=~]/.test(node.text)) scope.refuse(`\`${shown(node.text)}\`, which some shells take for a program`);
      break;
  }
  judgeChildren(node, scope, facts, inner);
}

function judgeChildren(node: SyntaxNode, scope: Scope, facts: Facts, inner = scope): Noted {
  forEachChild(node, (child) => judgeNode(child, child.type === 'CompoundList' ? inner : scope, facts));
}

function judgeCommand(node: Extract<SyntaxNode, { type: 'Command' }>, scope: Scope): Noted {
  if (!node.name) return;
  const known = knownIn(scope);
  const words = node.suffix.flatMap((one) => (one.type === 'Word' ? [one] : []));
  const args = words.flatMap((word) => readWord(word, known));
  const assigned = node.suffix.flatMap((one): Arg[] =>
    one.type === 'Assignment' ? [{ kind: 'literal', text: one.name, tilde: false }] : [],
  );
  const before = node.prefix.some((one) => one.type === 'Assignment' && node.name?.value === 'eval');
  if (before) scope.refuse('a variable for a text that is run');
  judgeNamed(node.name, [...args, ...assigned], scope, spanOf(node, scope));
  const name = node.name.value;
  if (name === '[' || name === 'test') judgeTest(words, scope);
  // Zsh works these out.
  if (/^(return|exit|break|continue|shift)$/.test(name)) judgeNumbers(words, scope);
  if (name === 'let') judgeArithmetic(words.map((word) => (word.parts ? '[' : word.value)).join(','), scope);
}

function judgeArithmetic(text: string, scope: Scope): Noted {
  for (const name of assignedIn(text)) judgeVariable(name, scope);
  if (!isPlainArithmetic(text, scope)) scope.refuse('working with a number whose text may run a command');
}

function judgeNumbers(words: readonly Word[], scope: Scope): Noted {
  const known = knownIn(scope);
  if (words.every((word) => isNumberWord(word, known))) return;
  scope.refuse('working with a number whose text may run a command');
}

function judgeAssignment(node: Extract<SyntaxNode, { type: 'Assignment' }>, scope: Scope): Noted {
  judgeVariable(node.name, scope);
  // The subscript is worked out, and some tables of zsh are what commands mean.
  if (node.index && !/^\d+$/.test(node.index.text)) scope.refuse('setting an element that is only known when it runs');
}

/** Only what gives the value, its length, or a piece of it that is cut by letters. */
function judgeExpansion(node: Extract<SyntaxNode, { type: 'ParameterExpansion' }>, scope: Scope): Noted {
  const { operation, parameter, prefix, index } = node;
  const unknown = () => scope.refuse(`expanding a value in a way that is not known here (\`${shown(node.text, 60)}\`)`);
  if (!/^(\w+|[@*#?$!-])$/.test(parameter) || prefix === '!') return unknown();
  if (index && !/^(@|\*|\d+)$/.test(index.text) && !isPlainArithmetic(index.text, scope)) return unknown();
  switch (operation?.type) {
    case undefined:
    case 'Remove':
    case 'Replace':
    case 'CaseModification':
      return;
    case 'Default':
      if (operation.operator.endsWith('=')) judgeVariable(parameter, scope);
      return;
    case 'Slice':
      return judgeArithmetic(`${operation.offset.text},${operation.length?.text ?? ''}`, scope);
    default:
      return unknown();
  }
}

/** Zsh takes `$x[…]` for an element of `x`, and works out what stands in the brackets. */
function isSubscripted(parts: readonly { type: string; text: string }[]): boolean {
  return parts.some(({ text }, at) => text.startsWith('[') && parts[at - 1]?.type === 'SimpleExpansion');
}

/** What runs in a shell of its own does not change the folder of what follows. */
function apart(scope: Scope, judge: () => Noted): Noted {
  const { folders } = scope.where;
  judge();
  scope.where.folders = folders;
  scope.where.moved = null;
}

/** What may run later, or more than once, may also begin where everything began. */
function mayRepeat({ where, grounds }: Scope): void {
  where.folders = new Set([...where.folders, grounds.workspace]);
  where.repeats = true;
}

/** `cd x && y`: y runs only in x. After the chain every folder on the way is possible. */
function judgeChain(node: Extract<SyntaxNode, { type: 'AndOr' }>, scope: Scope, facts: Facts): Noted {
  const { where } = scope;
  const possible = new Set(where.folders);
  for (const [index, command] of node.commands.entries()) {
    where.moved = null;
    judgeNode(command, scope, facts);
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
  scope: Scope,
  facts: Facts,
): Noted {
  if ('errors' in script && script.errors?.length) return scope.refuse('a command that cannot be understood');
  // Positions and names in the text of escaped backquotes are its own.
  const own = 'source' in script && script.source !== undefined;
  let current: Scope = own ? { ...scope, variables: new Map(), placed: false } : scope;
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

function withVariable(name: string, words: readonly Word[] | undefined, scope: Scope, facts: Facts): Scope {
  if (!words || !facts.once.has(name) || !/^[A-Za-z]\w*$/.test(name)) return scope;
  const known = knownIn(scope);
  const values = words.flatMap((word) => readWord(word, known));
  if (values.some((value) => value.kind === 'dynamic' || value.tilde)) return scope;
  return { ...scope, variables: new Map([...scope.variables, [name, values]]) };
}

function judgeNamed(name: Word, args: Arg[], scope: Scope, span: Span | undefined): Noted {
  const [first, ...more] = readWord(name, knownIn(scope));
  // Only a name that is plainly there is a name: a variable or a brace could hold anything.
  const plain =
    !name.parts || name.parts.every((part) => part.type !== 'BraceExpansion' && !/^\$[^'"]/.test(part.text));
  if (!first || more.length > 0 || first.kind !== 'literal' || !plain) {
    return scope.refuse(`a command whose name is only known when it runs (\`${shown(name.text)}\`)`);
  }
  scope.command([first, ...args], span, scope);
}

function judgeRedirection(node: Redirection, scope: Scope): Noted {
  if (node.descriptor?.type === 'FileDescriptorVariable') judgeVariable(node.descriptor.name, scope);
  if (node.type !== 'Redirect' || !node.target) return;
  const { operator, target } = node;
  const toNumber = /^(\d*-?)$/.test(target.text);
  if (scope.shell === 'plain' && (operator.startsWith('&') || (operator === '>&' && !toNumber))) {
    return scope.refuse('a redirection that a plain shell reads in another way');
  }
  const judge = (): Noted => {
    for (const arg of readWord(target, knownIn(scope))) {
      if (/^[<>]&$/.test(operator) && /^(\d*-?)$/.test(arg.text)) continue;
      judgePath(arg, operator === '<' ? 'read' : 'write', scope);
    }
    return undefined;
  };
  scope.piece(`${operator} ${target.text}`, judge, spanOf(node, scope));
}

function spanOf({ pos, end }: Span, { placed }: Scope): Span | undefined {
  return placed ? { pos, end } : undefined;
}
