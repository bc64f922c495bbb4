import { parse } from 'unbash';
import type { Autonomy } from '../../../contract/agent/state.ts';
import { judgeSimpleCommand } from './commands/judge-command.ts';
import { createPart, type Part, writtenOut } from './parts.ts';
import type { Grounds } from './paths.ts';
import type { Noted, Reach } from './reach.ts';
import { judgeScript } from './syntax.ts';

const LONGEST = 64 * 1024;
const DEEPEST = 8;
const MOST_PARTS = 1_000;
/** So many brackets may be open at once. */
const MOST_OPEN = 150;
/** How often a command may run a command, such as `env nice timeout 5 x`. */
const LONGEST_CHAIN = 30;

/**
 * Reads a command as the shell that will run it would (bash, zsh or a plainer one; where they differ, the strictest
 * meaning counts), without running it: every simple command in it, wherever it stands, and every redirection, each as a
 * part with the doubts about it.
 *
 * The contract: a part without a doubt is one of which every word is understood by a positive grammar. Its syntax is
 * known to mean the same in each shell (`syntax.ts`), its variables are among those that may be set (`variables.ts`),
 * its command, subcommand and every option and operand stand in `commands/` with what they do, and each path is known to
 * lie where it may be used so (`reach.ts`). Whatever is not in these tables is a doubt, and a person is asked. It judges
 * what a command says, not what a program does inside: it is no sandbox. The command begins in the workspace's top
 * folder.
 */
export function readCommand(
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
    if (parts.length >= MOST_PARTS) return reach.refuse('too many commands to judge');
    parts.push(part);
    const before = current;
    current = part;
    judge();
    current = before;
  }

  const outer = () => (current.argv ? current : null);

  const reach: Reach = {
    grounds,
    autonomy,
    defaultBranch,
    where: { folders: new Set([grounds.workspace]), seen: new Set([grounds.workspace]), moved: null },
    variables: new Map(),
    numbers: new Set(),
    functions: new Set(),
    shell: 'bash',
    refuse: (why, needs) => void current.doubts.push({ why, needs: needs ?? null }),
    change: () => {
      current.changes = true;
    },
    protect: (thing, words) => {
      if (!current.protects.has(thing)) current.protects.set(thing, words ?? null);
    },
    touch: (touched) => void current.touched.push(touched),
    placed: true,
    command(argv, span, from = reach) {
      if (chain >= LONGEST_CHAIN) return reach.refuse('a command that runs a command too often to follow');
      chain += 1;
      const { where } = reach;
      const atTop = !where.lost && where.folders.size === 1 && where.folders.has(grounds.workspace);
      const part = createPart({ argv, text: writtenOut(argv), span: span ?? null, runBy: outer(), atTop });
      within(part, () => judgeSimpleCommand(argv, from));
      chain -= 1;
    },
    piece: (source, judge, span) =>
      within(createPart({ argv: null, text: source, span: span ?? null, runBy: outer(), atTop: false }), judge),
    script(source, shell = 'bash') {
      if (depth >= DEEPEST || source.length > LONGEST) {
        return reach.refuse('a command too long or too nested to judge');
      }
      // Bash would drop or keep these in ways that hide words.
      if (hasControlCharacters(source)) return reach.refuse('a command with control characters in it');
      depth += 1;
      const nested = chain;
      chain = 0;
      judgeText(source, { ...reach, shell, placed: depth === 1 });
      chain = nested;
      depth -= 1;
    },
  };
  reach.script(text);
  return parts;
}

function judgeText(source: string, reach: Reach): Noted {
  if (isTooNested(source)) return reach.refuse('a command too long or too nested to judge');
  judgeScript(parse(source), reach);
}

/** Whether so much is open at once that reading it would take more than there is of the stack. */
function isTooNested(text: string): boolean {
  let open = 0;
  let ticks = 0;
  for (const letter of text) {
    if (letter === '(' || letter === '{') open += 1;
    else if ((letter === ')' || letter === '}') && open > 0) open -= 1;
    else if (letter === '`') ticks += 1;
    if (open > MOST_OPEN || ticks > MOST_OPEN * 2) return true;
  }
  return (text.match(/\b(if|while|until|case|for)\b/g)?.length ?? 0) > MOST_OPEN * 2;
}

function hasControlCharacters(text: string): boolean {
  return [...text].some((letter) => (letter < ' ' && letter !== '\n' && letter !== '\t') || letter === '\u007f');
}
