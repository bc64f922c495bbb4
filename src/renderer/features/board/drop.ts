import type { TaskSummary } from '../../../contract/task/state.ts';
import { attempt } from '../../state/act.ts';
import type { Session } from '../../state/session.ts';
import { clearSelection } from '../../ui/window-state.ts';
import { acceptTasks, archiveTasks, each } from './bulk.tsx';
import type { Columns } from './columns.logic.ts';
import { isWhereItWas, type Place, ranksAt, staying } from './drag.logic.ts';

/**
 * Does what a drop means: tasks are put away, or get their place, and drafts that come into the queue are started there.
 * They are shown at their new place at once, and go back with a notice when it is refused.
 */
export async function drop(
  api: Pick<Session, 'client' | 'tasks'>,
  columns: Columns,
  dragged: readonly TaskSummary[],
  place: Place,
): Promise<void> {
  clearSelection();
  if (place.kind === 'archive') return archiveTasks(api, dragged, true);
  if (isWhereItWas(columns, dragged, place)) return;
  if (place.kind !== 'column') return acceptTasks(api, dragged, place.kind === 'done');
  const { client, tasks } = api;
  const stay = staying(columns, place.column, dragged);
  const ranks = new Map(ranksAt(stay, dragged, place.index).map(({ id, rank }) => [id, rank]));
  // Those that stay get a new rank only where there was no room between two.
  const changed = [...dragged, ...stay].filter(({ id }) => ranks.has(id) || dragged.some((one) => one.id === id));
  await each(changed, (task) => {
    const { id: taskId } = task;
    const rank = ranks.get(taskId) ?? task.rank;
    const starts = place.column === 'queued' && task.status === 'draft';
    return tasks.expecting(taskId, starts ? { rank, status: 'queued' } : { rank }, async () => {
      const move = (to: number) => attempt((id) => client.tasks.move({ taskId, rank: to, ...id }));
      // The place first: a task that is started may run at once.
      const moved = await move(rank);
      if (!moved.ok || !starts) return moved;
      const started = await attempt((id) => client.tasks.start({ taskId, ...id }));
      if (!started.ok) await move(task.rank);
      return started;
    });
  });
}
