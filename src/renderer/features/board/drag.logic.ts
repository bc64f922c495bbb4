import { isUnsettled } from '../../../contract/task/derive.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { COLUMN_WORDS } from '../../../contract/words/state.ts';
import type { Columns, Direction } from './columns.logic.ts';

/** The columns whose order is a person's. */
export type DropColumn = 'draft' | 'queued';

/** Where tasks that are dragged may go. `index` counts the tasks of the column without those that are dragged. */
export type Place =
  | { readonly kind: 'column'; readonly column: DropColumn; readonly index: number }
  /** Into a column with an order of its own, which says whether a person takes the work as done. */
  | { readonly kind: 'done' | 'review' }
  | { readonly kind: 'archive' };

type Dragged = Pick<TaskSummary, 'id' | 'status' | 'archivedAt' | 'acceptedAt'>;

/** Drafts can be ordered and queued; queued tasks can be ordered, and do not become drafts again. */
export function accepts(column: string, dragged: readonly Dragged[]): column is DropColumn {
  if (column === 'draft') return dragged.every(({ status }) => status === 'draft');
  if (column === 'queued') return dragged.every(({ status }) => status === 'draft' || status === 'queued');
  return false;
}

/** Settled tasks can be marked as done, and what was marked comes back to where it was. */
export function acceptsDone(column: string, dragged: readonly Dragged[]): column is 'done' | 'review' {
  if (column === 'done') return dragged.every(({ status }) => status !== 'draft' && !isUnsettled(status));
  if (column !== 'review') return false;
  return dragged.every(({ status, acceptedAt }) => acceptedAt !== null && status !== 'failed');
}

/** Only what does not run and is not waiting to run can be put away. */
export function canArchive(dragged: readonly Dragged[]): boolean {
  return dragged.every(({ status, archivedAt }) => !isUnsettled(status) && archivedAt === null);
}

/** Whether there is any place it could be dragged to. */
export function canDrag(task: Dragged): boolean {
  return accepts('queued', [task]) || canArchive([task]);
}

/** What goes along when a task is dragged: everything selected when it is, in the order given; else itself alone. */
export function draggedWith(
  tasks: readonly TaskSummary[],
  selected: ReadonlySet<string>,
  taskId: string,
): readonly TaskSummary[] {
  return tasks.filter(({ id }) => id === taskId || (selected.has(taskId) && selected.has(id)));
}

/** The tasks of a column that stay where they are. */
export function staying(columns: Columns, column: DropColumn, dragged: readonly Dragged[]): TaskSummary[] {
  const ids = new Set(dragged.map(({ id }) => id));
  return columns[column].filter(({ id }) => !ids.has(id));
}

/** Where a keyboard drag begins: where the first task is, or at the first place that takes them; null when none does. */
export function firstPlace(columns: Columns, dragged: readonly TaskSummary[]): Place | null {
  const [first] = dragged;
  if (!first) return null;
  const home = first.status === 'queued' ? 'queued' : 'draft';
  if (accepts(home, dragged)) {
    const before = columns[home].slice(
      0,
      columns[home].findIndex(({ id }) => id === first.id),
    );
    return { kind: 'column', column: home, index: before.filter((task) => !dragged.includes(task)).length };
  }
  if (accepts('queued', dragged)) return { kind: 'column', column: 'queued', index: 0 };
  for (const kind of ['done', 'review'] as const) if (acceptsDone(kind, dragged)) return { kind };
  return canArchive(dragged) ? { kind: 'archive' } : null;
}

/** The next place in a direction; the same one at an edge. The archive is to the right of the columns. */
export function nextPlace(columns: Columns, dragged: readonly TaskSummary[], from: Place, direction: Direction): Place {
  if (direction === 'up' || direction === 'down') {
    if (from.kind !== 'column') return from;
    const last = staying(columns, from.column, dragged).length;
    const index = from.index + (direction === 'up' ? -1 : 1);
    return { ...from, index: Math.max(0, Math.min(last, index)) };
  }
  const stops: (DropColumn | 'review' | 'done' | 'archive')[] = [];
  for (const column of ['draft', 'queued'] as const) if (accepts(column, dragged)) stops.push(column);
  for (const column of ['review', 'done'] as const) if (acceptsDone(column, dragged)) stops.push(column);
  if (canArchive(dragged)) stops.push('archive');
  const at = stops.indexOf(from.kind === 'column' ? from.column : from.kind);
  const next = stops[at + (direction === 'left' ? -1 : 1)];
  if (next === undefined) return from;
  if (next === 'archive' || next === 'review' || next === 'done') return { kind: next };
  const index = from.kind === 'column' ? from.index : 0;
  return { kind: 'column', column: next, index: Math.min(index, staying(columns, next, dragged).length) };
}

export function samePlace(a: Place | null, b: Place | null): boolean {
  if (a?.kind !== 'column' || b?.kind !== 'column') return a?.kind === b?.kind;
  return a.column === b.column && a.index === b.index;
}

/** A place in words, for a screen reader. */
export function placeWords(columns: Columns, dragged: readonly TaskSummary[], place: Place): string {
  if (place.kind === 'archive') return 'Archive.';
  if (place.kind !== 'column') return `${COLUMN_WORDS[place.kind]}.`;
  const count = staying(columns, place.column, dragged).length + 1;
  return `${COLUMN_WORDS[place.column]}, place ${place.index + 1} of ${count}.`;
}

export interface Ranked {
  readonly id: string;
  readonly rank: number;
}

/**
 * The ranks that put `moved` at a place among `stay`, which is in its order; only ranks that change. Where two
 * neighbours are so close that nothing fits between them, they get new ranks too.
 */
export function ranksAt(stay: readonly Ranked[], moved: readonly Ranked[], index: number): Ranked[] {
  for (let around = 0; ; around = around * 2 || 1) {
    const from = Math.max(0, index - around);
    const to = Math.min(stay.length, index + around);
    const tasks = [...stay.slice(from, index), ...moved, ...stay.slice(index, to)];
    const ranks = spread(stay[from - 1]?.rank, stay[to]?.rank, tasks);
    if (ranks)
      return tasks.flatMap(({ id, rank }, at) => (ranks[at] === rank ? [] : [{ id, rank: ranks[at] ?? rank }]));
  }
}

/** Ascending ranks between two others, either of which may be missing; null when there is no room. */
function spread(after: number | undefined, before: number | undefined, tasks: readonly Ranked[]): number[] | null {
  const room = tasks.length + 1;
  let ranks: number[];
  if (after !== undefined && before !== undefined) {
    ranks = tasks.map((_, at) => after + ((before - after) * (at + 1)) / room);
  } else if (after !== undefined) ranks = tasks.map((_, at) => after + at + 1);
  else if (before !== undefined) ranks = tasks.map((_, at) => before - tasks.length + at);
  else {
    ranks = tasks.map(({ rank }) => rank);
    if (!ascends(ranks)) ranks = tasks.map((_, at) => Math.min(...tasks.map(({ rank }) => rank)) + at);
  }
  const all = [after, ...ranks, before].filter((rank) => rank !== undefined);
  return ascends(all) ? ranks : null;
}

function ascends(ranks: readonly number[]): boolean {
  return ranks.every((rank, at) => at === 0 || rank > (ranks[at - 1] ?? rank));
}

/** Whether a drop at this place would change nothing. */
export function isWhereItWas(columns: Columns, dragged: readonly TaskSummary[], place: Place): boolean {
  if (place.kind === 'archive') return false;
  if (place.kind !== 'column')
    return dragged.every(({ acceptedAt }) => (acceptedAt !== null) === (place.kind === 'done'));
  const order = staying(columns, place.column, dragged);
  order.splice(place.index, 0, ...dragged);
  const before = columns[place.column];
  return order.length === before.length && order.every((task, at) => task === before[at]);
}
