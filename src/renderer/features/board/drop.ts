import { rescheduled } from '../../../contract/task/reschedule.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { clearSelection } from '../../app/window-state.ts';
import { type Attempt, attempt } from '../../state/act.ts';
import type { Store } from '../../state/store.ts';
import { acceptTasks, each } from './bulk.tsx';
import type { Columns } from './columns.logic.ts';
import { type DropTarget, isWhereItWas, type Placed, placesIn } from './drag.logic.ts';

type Api = Pick<Store, 'client' | 'tasks'>;

/**
 * Does what a drop means: tasks get their place in the backlog, run, or are taken as done, or no longer. They are shown
 * at their new place at once, and go back with a notice when it is refused.
 */
export async function drop(
  api: Api,
  columns: Columns,
  dragged: readonly TaskSummary[],
  place: DropTarget,
): Promise<void> {
  clearSelection();
  if (isWhereItWas(columns, dragged, place)) return;
  if (place.column === 'backlog') return reorder(api, columns.backlog, placesIn(columns, dragged, place.index));
  if (place.column === 'running') return run(api, columns, dragged);
  await acceptTasks(api, dragged, place.column === 'done');
}

async function reorder(api: Api, tasks: readonly TaskSummary[], placed: readonly Placed[]): Promise<void> {
  const places = new Map(placed.map((place) => [place.id, place]));
  await each(
    tasks.filter(({ id }) => places.has(id)),
    (task) => move(api, task, places.get(task.id) ?? task),
  );
}

/** What is queued goes to the front; the rest joins the queue. */
async function run(api: Api, columns: Columns, dragged: readonly TaskSummary[]): Promise<void> {
  const queued = dragged.filter(({ status }) => status === 'queued');
  if (queued.length > 0) await reorder(api, columns.backlog, placesIn(columns, queued, 0));
  const others = dragged.filter(({ status }) => status !== 'queued');
  await each(others, ({ id: taskId, status }) =>
    api.tasks.expecting(taskId, { status: 'queued', acceptedAt: null }, () =>
      attempt((id) => api.client.tasks[status === 'draft' ? 'start' : 'resume']({ taskId, ...id })),
    ),
  );
}

function move({ client, tasks }: Api, task: TaskSummary, { rank, priority }: Placed): Promise<Attempt<unknown>> {
  const { id: taskId } = task;
  const schedule = priority === undefined ? {} : { schedule: rescheduled(task.schedule, { priority }) };
  return tasks.expecting(taskId, { rank, ...schedule }, () =>
    attempt((id) => client.tasks.move({ taskId, rank, priority, ...id })),
  );
}
