import { randomUUID } from 'node:crypto';
import type { Client } from '../../../contract/client.ts';
import { priorityBetween, priorityOf, urgencyOf } from '../../../contract/task/priority.ts';
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
    const { task: own } = await client.tasks.get({ taskId });
    const place = placeAt(own, others, options.last ? 'last' : (before ?? 'first'));
    const task = await client.tasks.move({ taskId, ...place, commandId: randomUUID() });
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
  return found.sort((a, b) => urgencyOf(a) - urgencyOf(b) || a.rank - b.rank);
}

type Placed = Pick<TaskSummary, 'id' | 'rank' | 'schedule'>;

/** The rank that puts a task at a place among others, and its priority, where only another one is there. */
export function placeAt(task: Pick<Placed, 'schedule'>, others: readonly Placed[], place: string) {
  const at = place === 'first' ? 0 : place === 'last' ? others.length : others.findIndex(({ id }) => id === place);
  if (at < 0) throw new Failure('not-found', `Task ${place} is neither a draft nor queued.`);
  const priority = priorityBetween(task, others[at - 1], others[at]);
  const isAlike = (other: Placed) => priorityOf(other) === priority;
  const before = others.slice(0, at).filter(isAlike).at(-1)?.rank;
  const after = others.slice(at).find(isAlike)?.rank;
  const rank = before === undefined ? (after ?? 2) - 1 : after === undefined ? before + 1 : (before + after) / 2;
  return { rank, ...(priority === priorityOf(task) ? {} : { priority }) };
}
