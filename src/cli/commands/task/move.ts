import { randomUUID } from 'node:crypto';
import type { Client } from '../../../contract/client.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { badInput, Failure } from '../../failure.ts';
import { checkTaskId } from '../../input/ids.ts';
import { taskLine } from '../../printing/task.ts';

interface Options {
  first?: boolean;
  last?: boolean;
  before?: string;
}

const PAGE = 500;

export const run: Command<Options> = async (context, [id = ''], options) => {
  const taskId = checkTaskId(id);
  const before = options.before === undefined ? undefined : checkTaskId(options.before);
  const ways = [options.first, options.last, before].filter(Boolean).length;
  if (ways !== 1) throw badInput('Say where to: --first, --last, or --before with another task.');
  if (before === taskId) throw badInput('A task cannot be moved before itself.');
  return withClient(context, options, async (client) => {
    const others = (await waitingTasks(client)).filter((task) => task.id !== taskId);
    const rank = rankAt(others, options.last ? 'last' : (before ?? 'first'));
    const task = await client.tasks.move({ taskId, rank, commandId: randomUUID() });
    show(context, options, task, (view) => [taskLine(view, task)]);
    return undefined;
  });
};

/** Drafts and queued tasks, in their order. */
async function waitingTasks(client: Client): Promise<TaskSummary[]> {
  const found: TaskSummary[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.tasks.list({ status: ['draft', 'queued'], limit: PAGE, cursor });
    found.push(...page.tasks);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found.sort((a, b) => a.rank - b.rank);
}

/** A rank between those that are to be around it. */
export function rankAt(others: readonly Pick<TaskSummary, 'id' | 'rank'>[], place: string): number {
  if (place === 'last') return (others.at(-1)?.rank ?? 0) + 1;
  const at = place === 'first' ? 0 : others.findIndex(({ id }) => id === place);
  if (at < 0) throw new Failure('not-found', `Task ${place} is neither a draft nor queued.`);
  const next = others[at]?.rank ?? 1;
  const previous = others[at - 1]?.rank;
  return previous === undefined ? next - 1 : (previous + next) / 2;
}
