import { ID_PATTERNS } from '../../contract/id-patterns.ts';
import { isAgent } from '../connection/endpoint.ts';
import type { Context, GlobalOptions } from '../context.ts';
import { badInput } from '../failure.ts';
import { checkTaskId } from './ids.ts';

/**
 * The task that an `item` command is about, and the words that follow. An agent's own task is known from its
 * environment and may be left out; every other command names it first.
 */
export function takeTask(
  context: Context,
  options: GlobalOptions,
  words: readonly string[],
): { taskId: string; rest: readonly string[] } {
  const [first, ...rest] = words;
  const own = isAgent(context, options) ? context.env.DROVER_TASK : undefined;
  if (own !== undefined && (first === undefined || !ID_PATTERNS.task.test(first))) {
    return { taskId: checkTaskId(own), rest: words };
  }
  if (first === undefined) throw badInput('Name the task: `drover task list` shows them.');
  return { taskId: checkTaskId(first), rest };
}
