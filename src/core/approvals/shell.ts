import { forEachChild, type ParsedScript, parse, type Redirection, type SyntaxNode, type Word } from 'unbash';
import type { Autonomy } from '../../contract/agent/state.ts';
import { isKnownCommand, judgeSimpleCommand } from './commands.ts';
import { createPart, type Part, type Span, writtenOut } from './parts.ts';
import type { Grounds } from './paths.ts';
import { judgePath, judgeVariable, type Noted, type Scope, shown } from './scope.ts';
import { type Arg, readWord } from './shell-words.ts';

const LONGEST = 64 * 1024;
const DEEPEST = 8;
const MOST_PARTS = 1_000;
/** How often a command may run a command, such as `env nice timeout 5 x`. */
const LONGEST_CHAIN = 30;

/**
 * Judges a command of bash (or of a plainer shell) without running it: every simple command in it, wherever it stands,
 * and every redirection, each as a part with the doubts about it. What is not understood, or only known when it runs,
 * is a doubt. It judges what a command says, not what a program does inside: it is no sandbox. The command begins in
 * the workspace's top folder.
 */
export function readShell(
  text: string,
  grounds: Grounds,
  { autonomy, defaultBranch }: { autonomy: Autonomy; defaultBranch: string | null },
): Part[] {
  const whole = createPart({ argv: null, text, span: null, runBy: null, atTop: false });
  const parts: Part[] = [whole];
  let current = whole;
  let depth = 0;
  let chain = 0;

  function within(part: Part, judge: () => Noted): Noted {
    if (parts.length >= MOST_PARTS) return scope.refuse('too many commands to judge');
    parts.push(part);
    const before = current;
    current = part;
    judge();
    current = before;
  }

  const outer = () => (current.argv ? current : null);

  const scope: Scope = {
    grounds,
    autonomy,
    defaultBranch,
    where: { folders: new Set([grounds.workspace]), seen: new Set([grounds.workspace]), moved: null },
    variables: new Map(),
    refuse: (why, needs) => void current.doubts.push({ why, needs: needs ?? null }),
    change: () => {
      current.changes = true;
    },
    protect: (thing) => void current.protects.add(thing),
    touch: (path, use) => void current.touched.push({ path, use }),
    placed: true,
    command(argv, span) {
      if (chain >= LONGEST_CHAIN) return scope.refuse('a command that runs a command too often to follow');
      chain += 1;
      const { where } = scope;
      const atTop = !where.lost && where.folders.size === 1 && where.folders.has(grounds.workspace);
      const part = createPart({ argv, text: writtenOut(argv), span: span ?? null, runBy: outer(), atTop });
      within(part, () => judgeSimpleCommand(argv, scope));
      chain -= 1;
    },
    piece: (source, judge, span) =>
      within(createPart({ argv: null, text: source, span: span ?? null, runBy: outer(), atTop: false }), judge),
    script(source) {
      if (depth >= DEEPEST || source.length > LONGEST) {
        return scope.refuse('a command too long or too nested to judge');
      }
      // Bash would drop or keep these in ways that hide words.
      if (hasControlCharacters(source)) return scope.refuse('a command with control characters in it');
      depth += 1;
      const nested = chain;
      chain = 0;
      judgeScript(parse(source), depth === 1 ? scope : { ...scope, placed: false });
      chain = nested;
      depth -= 1;
    },
  };
  scope.script(text);
  return parts;
}

function hasControlCharacters(text: string): boolean {
  return [...text].some((letter) => (letter < ' ' && letter !== '\n' && letter !== '\t') || letter === '\u007f');
}

/** Nodes whose numbers bash works out, running `$(...)` that a variable's value may hide. */
const ARITHMETIC = new Set(['ArithmeticExpansion', 'ArithmeticCommand', 'ArithmeticFor', 'TestBinary']);

interface Facts {
  /** Variables that are given a value in exactly one place, so that this is their value wherever it reaches. */
  once: ReadonlySet<string>;
  arithmetic: boolean;
  /** Quoted text that would run a command if it were read as code. */
  hidden: boolean;
}

function judgeScript(script: ParsedScript, scope: Scope): Noted {
  const facts: Facts = { once: boundOnce(script), arithmetic: false, hidden: false };
  judgeInOrder(script, scope, facts);
  if (facts.arithmetic && facts.hidden) scope.refuse('working with a number whose text may run a command');
}

function judgeNode(node: SyntaxNode, scope: Scope, facts: Facts): Noted {
  if (ARITHMETIC.has(node.type)) facts.arithmetic = true;
  // Bash itself only finds out on running whether `$((` opens arithmetic or a subshell in a substitution.
  if (node.type === 'ArithmeticExpansion' && /\w\s+[A-Za-z_]/.test(node.text)) {
    scope.refuse('arithmetic that reads like a command');
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
    case 'Function':
      if (isKnownCommand(node.name.value)) scope.refuse(`giving \`${shown(node.name.value)}\` another meaning`);
      mayRepeat(scope);
      break;
    case 'While':
    case 'ArithmeticFor':
      mayRepeat(scope);
      break;
    case 'Command': {
      const words = node.suffix.flatMap((one) => (one.type === 'Word' ? [one] : []));
      const args = words.flatMap((word) => readWord(word, scope.variables, scope.grounds.home));
      if (node.name) judgeNamed(node.name, args, scope, spanOf(node, scope));
      if (NUMBER_COMMANDS.test(node.name?.value ?? '')) facts.arithmetic = true;
      break;
    }
    case 'Assignment':
      scope.piece(node.text, () => judgeVariable(node.name, scope), spanOf(node, scope));
      break;
    case 'For':
      mayRepeat(scope);
      judgeVariable(node.name.value, scope);
      inner = withVariable(node.name.value, node.wordlist, scope, facts);
      break;
    case 'Select':
      mayRepeat(scope);
      judgeVariable(node.name.value, scope);
      break;
    case 'Coproc':
      scope.refuse('starting a coprocess');
      break;
    case 'Redirect':
    case 'HereDoc':
    case 'HereString':
      judgeRedirection(node, scope);
      break;
    case 'ParameterExpansion': {
      const { operation, parameter } = node;
      if (operation?.type === 'Transform') scope.refuse('expanding a value as code');
      if (operation?.type === 'Default' && operation.operator.endsWith('=')) judgeVariable(parameter, scope);
      if (operation?.type === 'Slice' || node.index) facts.arithmetic = true;
      break;
    }
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      if (/\$\(|`|\$\{/.test(node.value)) facts.hidden = true;
      break;
    case 'Word':
      if (/\\[$`]/.test(node.text)) facts.hidden = true;
      if (node.text.includes('$[')) scope.refuse('an old form of arithmetic');
      break;
  }
  judgeChildren(node, scope, facts, inner);
}

function judgeChildren(node: SyntaxNode, scope: Scope, facts: Facts, inner = scope): Noted {
  forEachChild(node, (child) => judgeNode(child, child.type === 'CompoundList' ? inner : scope, facts));
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

/** Statements one after the other: what `name=text` alone on one says is known in those that follow. */
function judgeInOrder(script: ParsedScript, scope: Scope, facts: Facts): Noted {
  if (script.errors?.length) return scope.refuse('a command that cannot be understood');
  // Positions and names in the text of escaped backquotes are its own.
  let current: Scope = script.source === undefined ? scope : { ...scope, variables: new Map(), placed: false };
  for (const statement of script.commands) {
    judgeNode(statement, current, facts);
    const { command } = statement;
    if (command.type !== 'Command' || command.name || statement.background) continue;
    for (const assignment of command.prefix) {
      if (assignment.type !== 'Assignment' || assignment.append || assignment.index) continue;
      const { value } = assignment;
      if (value.type === 'Word') current = withVariable(assignment.name, [value], current, facts);
    }
  }
}

function withVariable(name: string, words: readonly Word[] | undefined, scope: Scope, facts: Facts): Scope {
  if (!words || !facts.once.has(name)) return scope;
  const values = words.flatMap((word) => readWord(word, scope.variables, scope.grounds.home));
  if (values.some((value) => value.kind === 'dynamic' || value.tilde)) return scope;
  return { ...scope, variables: new Map([...scope.variables, [name, values]]) };
}

/** Commands that read their arguments as numbers. */
const NUMBER_COMMANDS = /^(let|test|\[|declare|typeset|local|printf|return|exit|shift|wait)$/;
/** Commands that may give any variable a value, in ways that are not followed. */
const BINDERS =
  /^(read|mapfile|readarray|getopts|export|declare|typeset|local|readonly|unset|builtin|command|eval|source|\.|trap|wait)$/;

function boundOnce(script: ParsedScript): Set<string> {
  const times = new Map<string, number>();
  let unclear = false;
  const bind = (name: string) => times.set(name, (times.get(name) ?? 0) + 1);
  const look = (node: SyntaxNode) => {
    if (node.type === 'Assignment') bind(node.name);
    if (node.type === 'For' || node.type === 'Select') bind(node.name.value);
    if (node.type === 'ParameterExpansion' && node.operation?.type === 'Default') bind(node.parameter);
    if (node.type === 'Command' && node.name) {
      const { value, parts } = node.name;
      const printsInto = value === 'printf' && !/^[^-$`]/.test(node.args[0]?.text.replace(/^["']/, '') ?? '%');
      if (BINDERS.test(value) || printsInto || (parts && !/^[\w./-]+$/.test(value))) unclear = true;
    }
    forEachChild(node, look);
  };
  look(script);
  return unclear ? new Set() : new Set([...times].flatMap(([name, count]) => (count === 1 ? [name] : [])));
}

function judgeNamed(name: Word, args: Arg[], scope: Scope, span: Span | undefined): Noted {
  const [first, ...more] = readWord(name, scope.variables, scope.grounds.home);
  // Only a name that is plainly there is a name: a variable or a brace could hold anything.
  const plain =
    !name.parts || name.parts.every((part) => part.type !== 'BraceExpansion' && !/^\$[^'"]/.test(part.text));
  if (!first || more.length > 0 || first.kind !== 'literal' || !plain) {
    return scope.refuse(`a command whose name is only known when it runs (\`${shown(name.text)}\`)`);
  }
  scope.command([first, ...args], span);
}

function judgeRedirection(node: Redirection, scope: Scope): Noted {
  if (node.descriptor?.type === 'FileDescriptorVariable') judgeVariable(node.descriptor.name, scope);
  if (node.type !== 'Redirect' || !node.target) return;
  const { operator, target } = node;
  const judge = (): Noted => {
    for (const arg of readWord(target, scope.variables, scope.grounds.home)) {
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
