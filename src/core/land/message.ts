import type { LandingHow } from '../../contract/landing/state.ts';
import type { Task } from '../../contract/task/state.ts';
import { firstLine, truncate } from '../../contract/text.ts';

/** So long is the first line of a message, and each line of its list. */
const SUBJECT = 72;
const LINE = 100;
const ITEMS_NAMED = 30;

interface Options {
  task: Pick<Task, 'title' | 'goal' | 'items'>;
  branch: string;
  how: LandingHow;
  /** Whether something is uncommitted. */
  uncommitted: boolean;
}

/**
 * A message for what a landing commits: the goal, and the items that are completed. What the agent has said is no part of
 * it. Null when nothing is committed.
 */
export function proposeMessage({ task, branch, how, uncommitted }: Options): string | null {
  if (how === 'fast-forward' && !uncommitted) return null;
  return how === 'merge' && !uncommitted ? mergeMessage(task, branch) : workMessage(task);
}

/** The message of a merge commit. */
export function mergeMessage(task: Options['task'], branch: string): string {
  return [`Merge branch '${branch}'`, '', workMessage(task)].join('\n');
}

function workMessage({ title, goal, items }: Options['task']): string {
  const subject = firstLine(title, SUBJECT) || firstLine(goal, SUBJECT) || 'Work of an agent';
  const done = items.filter(({ status }) => status === 'completed');
  if (done.length === 0) return `${subject}\n`;
  const lines = done.slice(0, ITEMS_NAMED).map(({ text }) => `- ${truncate(firstLine(text, LINE), LINE)}`);
  if (done.length > ITEMS_NAMED) lines.push(`- and ${done.length - ITEMS_NAMED} more`);
  return `${[subject, '', ...lines].join('\n')}\n`;
}
