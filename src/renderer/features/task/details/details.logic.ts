import type { Capabilities } from '../../../../contract/agent/state.ts';
import { firstLine } from '../../../../contract/text.ts';
import { quoteCommand } from '../../../../contract/words/argv.ts';

/** The command that resumes a session outside of Drover; null where none is known. */
export function resumeCommand(agent: { capabilities: Capabilities } | undefined, sessionId: string): string | null {
  // Null as well with a host of an earlier version.
  const command = agent?.capabilities.resumeCommand ?? null;
  return command === null || !/^[\w.:-]+$/.test(sessionId) ? null : quoteCommand([...command, sessionId]);
}

/** What a goal says beyond the title of its task, which often is its first line. */
export function goalBeyondTitle({ goal, title }: { goal: string; title: string }): string {
  const [first = '', ...rest] = goal.trim().split('\n');
  return firstLine(first) === title || first.trim() === title ? rest.join('\n').trim() : goal.trim();
}
