import { ID_PATTERNS } from '../../contract/id-patterns.ts';
import { quoteCommand, splitCommand } from '../../contract/words/argv.ts';

/**
 * The check that a command shows to whoever reads it, as `quoteCommand` writes it: only that of one plain
 * `drover item add … --check '…'` for the task itself, of which every word is as it is written, whichever shell reads it.
 */
export function shownCheck(command: unknown, taskId: string): string | null {
  if (typeof command !== 'string' || !isAsWritten(command)) return null;
  const split = splitCommand(command);
  if (!split.ok) return null;
  const [program, noun, verb, ...rest] = split.argv;
  if (program !== 'drover' || noun !== 'item' || verb !== 'add') return null;
  const checks: string[] = [];
  const operands: string[] = [];
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at] ?? '';
    if (word === '--check') {
      at += 1;
      checks.push(rest[at] ?? '');
    } else if (word.startsWith('--check=')) checks.push(word.slice('--check='.length));
    else if (word.startsWith('-')) return null;
    else operands.push(word);
  }
  const [first = ''] = operands;
  if (checks.length !== 1 || (ID_PATTERNS.task.test(first) && first !== taskId)) return null;
  const check = splitCommand(checks[0] ?? '');
  return check.ok ? quoteCommand(check.argv) : null;
}

/** `splitCommand` takes words as a shell does, except what a shell expands in double quotes or reads in a line of its own. */
function isAsWritten(command: string): boolean {
  return !/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(command) && !(command.includes('"') && /[$`!\\]/.test(command));
}

/** Checks that a person has allowed in a run together with the command that adds them, each good for one question. */
export interface ShownChecks {
  /** A person has allowed this command. */
  allowed(command: unknown): void;
  /** Whether a person has allowed exactly this check; only the first time. */
  take(check: unknown): boolean;
}

export function createShownChecks(taskId: string): ShownChecks {
  const shown: string[] = [];
  return {
    allowed(command) {
      const check = shownCheck(command, taskId);
      if (check !== null) shown.push(check);
    },
    take(check) {
      const at = typeof check === 'string' ? shown.indexOf(check) : -1;
      if (at !== -1) shown.splice(at, 1);
      return at !== -1;
    },
  };
}
