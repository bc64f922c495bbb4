import { COLUMNS, type Column, columnOf, isUnsettled } from '../../../contract/task/derive.ts';
import { type Priority, priorityBetween, priorityOf } from '../../../contract/task/priority.ts';
import type { TaskStatus, TaskSummary } from '../../../contract/task/state.ts';
import { COLUMN_WORDS } from '../../../contract/words/state.ts';
import type { Columns, Direction } from './columns.logic.ts';
import { labels } from './labels.ts';

/** Where tasks that are dragged may go. `index` counts the tasks of the backlog without those that are dragged. */
export type DropTarget =
  | { readonly column: 'backlog'; readonly index: number }
  /** Into a column with an order of its own. */
  | { readonly column: Exclude<Column, 'backlog'> };

/** What a drop on Running starts, continues, or puts first in the queue. */
const CAN_RUN: readonly TaskStatus[] = ['draft', 'queued', 'failed', 'cancelled'];

/**
 * Whether a drop on this column would mean something for each of them. In the backlog it is the order, of drafts or of
 * what is queued; Running starts or resumes; Done takes the work; and what was taken goes back only to where it was.
 */
export function accepts(column: Column, dragged: readonly TaskSummary[]): boolean {
  switch (column) {
    case 'backlog':
      return ['draft', 'queued'].some((status) => dragged.every((task) => task.status === status));
    case 'running':
      return dragged.every(({ status }) => CAN_RUN.includes(status));
    case 'done':
      return dragged.every(({ status }) => status !== 'draft' && !isUnsettled(status));
    case 'needs-you':
    case 'review':
      return dragged.every((task) => task.acceptedAt !== null && columnOf({ ...task, acceptedAt: null }) === column);
  }
}

/** Whether there is any place it could be dragged to. */
export function canDrag(task: TaskSummary): boolean {
  return COLUMNS.some((column) => accepts(column, [task]));
}

/** What goes along when a task is dragged: everything selected when it is, in the order given; else itself alone. */
export function draggedWith(
  tasks: readonly TaskSummary[],
  selected: ReadonlySet<string>,
  taskId: string,
): readonly TaskSummary[] {
  return tasks.filter(({ id }) => id === taskId || (selected.has(taskId) && selected.has(id)));
}

/** The tasks of the backlog that stay where they are. */
export function staying(columns: Columns, dragged: readonly Pick<TaskSummary, 'id'>[]): TaskSummary[] {
  const ids = new Set(dragged.map(({ id }) => id));
  return columns.backlog.filter(({ id }) => !ids.has(id));
}

/** The nearest place in the backlog: drafts stay among drafts, below what is queued. */
export function inBacklog(columns: Columns, dragged: readonly TaskSummary[], index: number): DropTarget {
  const stay = staying(columns, dragged);
  const queued = stay.filter(({ status }) => status === 'queued').length;
  const [least, most] = dragged[0]?.status === 'queued' ? [0, queued] : [queued, stay.length];
  return { column: 'backlog', index: Math.max(least, Math.min(most, index)) };
}

/** Where a keyboard drag begins: where the first task is, or at the next column that takes them; null when none does. */
export function firstTarget(columns: Columns, dragged: readonly TaskSummary[]): DropTarget | null {
  const [first] = dragged;
  if (!first) return null;
  const home = columnOf(first);
  const after = COLUMNS.slice(COLUMNS.indexOf(home));
  const column = [...after, ...COLUMNS].find((one) => accepts(one, dragged));
  if (column === undefined) return null;
  return targetIn(columns, dragged, column, columns.backlog.indexOf(first));
}

function targetIn(columns: Columns, dragged: readonly TaskSummary[], column: Column, index: number): DropTarget {
  return column === 'backlog' ? inBacklog(columns, dragged, index) : { column };
}

/** The next place in a direction; the same one at an edge. */
export function nextTarget(
  columns: Columns,
  dragged: readonly TaskSummary[],
  from: DropTarget,
  direction: Direction,
): DropTarget {
  if (direction === 'up' || direction === 'down') {
    return from.column === 'backlog' ? inBacklog(columns, dragged, from.index + (direction === 'up' ? -1 : 1)) : from;
  }
  const stops = COLUMNS.filter((column) => accepts(column, dragged));
  const next = stops[stops.indexOf(from.column) + (direction === 'left' ? -1 : 1)];
  return next === undefined ? from : targetIn(columns, dragged, next, 0);
}

export function sameTarget(a: DropTarget | null, b: DropTarget | null): boolean {
  return a?.column === b?.column && (a?.column !== 'backlog' || b?.column !== 'backlog' || a.index === b.index);
}

/** A place in words, for a screen reader. */
export function targetLabel(columns: Columns, dragged: readonly TaskSummary[], place: DropTarget): string {
  const name = COLUMN_WORDS[place.column];
  if (place.column !== 'backlog') return labels.drag.column(name);
  return labels.drag.place(name, place.index + 1, staying(columns, dragged).length + dragged.length);
}

/** The place of a task in the backlog: its rank, and its priority where that is another one there. */
export interface Placed extends Ranked {
  readonly priority?: Priority;
}

/**
 * What puts tasks of the backlog at a place among those of their own status, where all of them take the priority that
 * the place has; only what changes.
 */
export function placesIn(columns: Columns, moved: readonly TaskSummary[], index: number): Placed[] {
  const [first] = moved;
  if (!first) return [];
  const stay = staying(columns, moved);
  const isAlike = ({ status }: TaskSummary) => status === first.status;
  const [above, below] = [stay.slice(0, index).filter(isAlike), stay.slice(index).filter(isAlike)];
  const priority = priorityBetween(first, above.at(-1), below[0]);
  const isEqual = (task: TaskSummary) => priorityOf(task) === priority;
  const before = above.filter(isEqual);
  const ranks = ranksAt([...before, ...below.filter(isEqual)], moved, before.length);
  const others = moved.filter((task) => !isEqual(task));
  return [
    ...ranks.map((one) => (others.some(({ id }) => id === one.id) ? { ...one, priority } : one)),
    ...others.filter(({ id }) => ranks.every((one) => one.id !== id)).map(({ id, rank }) => ({ id, rank, priority })),
  ];
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
export function isWhereItWas(columns: Columns, dragged: readonly TaskSummary[], place: DropTarget): boolean {
  if (place.column === 'running') return false;
  if (place.column !== 'backlog') {
    return dragged.every(({ acceptedAt }) => (acceptedAt !== null) === (place.column === 'done'));
  }
  const order = staying(columns, dragged);
  order.splice(place.index, 0, ...dragged);
  return order.every((task, at) => task === columns.backlog[at]);
}
