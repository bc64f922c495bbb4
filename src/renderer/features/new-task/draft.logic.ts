import type { Autonomy } from '../../../contract/agent/state.ts';
import type { CallInput } from '../../../contract/api.ts';
import type { Task } from '../../../contract/task/state.ts';

export interface DraftItem {
  /** Only for this window, so that a moved line stays the same line. */
  readonly key: string;
  readonly text: string;
}

/** What is typed into the dialog of a new task. Empty texts and null leave it to the settings. */
export interface Draft {
  readonly goal: string;
  readonly items: readonly DraftItem[];
  readonly projectId: string | null;
  readonly base: string;
  readonly agent: string | null;
  readonly model: string;
  readonly effort: string | null;
  readonly autonomy: Autonomy | null;
  /** One command a line. */
  readonly checks: string;
  readonly maxRetries: number | null;
}

export const EMPTY_DRAFT: Draft = {
  goal: '',
  items: [],
  projectId: null,
  base: '',
  agent: null,
  model: '',
  effort: null,
  autonomy: null,
  checks: '',
  maxRetries: null,
};

let nextKey = 0;

export function newItem(text = ''): DraftItem {
  nextKey += 1;
  return { key: `${Date.now().toString(36)}-${nextKey}`, text };
}

/**
 * The lines of a pasted list as items: bullets, numbers and check boxes are taken off, empty lines dropped.
 */
export function linesOfList(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*(?:(?:[-*+•]|\d+[.)])\s+)?(?:\[[ xX]?\]\s+)?/, '').trim())
    .filter(Boolean);
}

/** Moves one line to another place; out of range leaves all as it is. */
export function moveItem(items: readonly DraftItem[], from: number, to: number): readonly DraftItem[] {
  if (from === to || to < 0 || to >= items.length) return items;
  const next = items.slice();
  const [moved] = next.splice(from, 1);
  if (moved) next.splice(to, 0, moved);
  return next;
}

/**
 * A typed command as program and arguments, by spaces and quotes; nothing is expanded. Null when a quote is left open.
 */
export function toArgv(line: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (quote !== null) {
      if (character === quote) quote = null;
      else if (character === '\\' && quote === '"' && '"\\'.includes(line.charAt(at + 1) || ' ')) {
        at += 1;
        word = (word ?? '') + line.charAt(at);
      } else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + character;
  }
  if (quote !== null) return null;
  if (word !== null) words.push(word);
  return words;
}

/** A command as it can be typed again. */
export function fromArgv(argv: readonly string[]): string {
  return argv.map((word) => (/^[^\s"'\\]+$/.test(word) ? word : `"${word.replace(/["\\]/g, '\\$&')}"`)).join(' ');
}

/** What is missing before the draft can become a task; null when nothing is. */
export function problemOf(draft: Draft): { field: 'goal' | 'project' | 'checks'; words: string } | null {
  if (draft.goal.trim() === '') return { field: 'goal', words: 'Say what should be done.' };
  if (draft.projectId === null) return { field: 'project', words: 'Choose the project to work in.' };
  if (checkLines(draft).some((line) => toArgv(line) === null)) {
    return { field: 'checks', words: 'A quote is not closed.' };
  }
  return null;
}

function checkLines(draft: Draft): string[] {
  return draft.checks.split('\n').filter((line) => line.trim() !== '');
}

/** What the draft asks of `tasks.create`; call it only when there is no problem. */
export function specOf(draft: Draft): Omit<CallInput<'tasks', 'create'>, 'commandId' | 'start'> {
  const checks = checkLines(draft).flatMap((line) => {
    const argv = toArgv(line);
    return argv && argv.length > 0 ? [argv] : [];
  });
  const items = draft.items.map(({ text }) => text.trim()).filter(Boolean);
  return {
    goal: draft.goal.trim(),
    projectId: draft.projectId ?? '',
    items: items.map((text) => ({ text })),
    ...(draft.base.trim() ? { base: draft.base.trim() } : {}),
    agent: {
      ...(draft.agent ? { agent: draft.agent } : {}),
      ...(draft.model.trim() ? { model: draft.model.trim() } : {}),
      ...(draft.effort ? { effort: draft.effort } : {}),
    },
    ...(draft.autonomy ? { autonomy: draft.autonomy } : {}),
    ...(draft.maxRetries !== null ? { limits: { maxRetries: draft.maxRetries } } : {}),
    ...(checks.length > 0 ? { checks } : {}),
  };
}

/** A draft that says what a task was made from. */
export function draftOfTask(task: Task): Draft {
  return {
    goal: task.goal,
    items: task.items.map(({ text }) => newItem(text)),
    projectId: task.projectId,
    base: task.base ?? '',
    agent: task.agent.agent,
    model: task.agent.model ?? '',
    effort: task.agent.effort,
    autonomy: task.autonomy,
    checks: task.checks.map(fromArgv).join('\n'),
    maxRetries: task.limits.maxRetries,
  };
}

/** What was kept of a draft, as far as it can be read. */
export function readDraft(text: string | null): Draft {
  if (text === null) return EMPTY_DRAFT;
  try {
    const kept = JSON.parse(text) as Partial<Draft>;
    const items = Array.isArray(kept.items) ? kept.items.map(({ text: words }) => newItem(String(words))) : [];
    return { ...EMPTY_DRAFT, ...kept, items };
  } catch {
    return EMPTY_DRAFT;
  }
}

export function isUntouched(draft: Draft): boolean {
  return draft.goal.trim() === '' && draft.items.every(({ text }) => text.trim() === '');
}
