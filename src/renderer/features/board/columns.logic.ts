import { COLUMNS, type Column, columnOf, stateOf, type TaskState } from '../../../contract/task/derive.ts';
import { PRIORITIES, urgencyOf } from '../../../contract/task/priority.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';

export type Columns = Readonly<Record<Column, readonly TaskSummary[]>>;

/** What stands above the rest of its column: what runs next, and whose agent waits. */
const FIRST: readonly TaskState[] = ['queued', 'waiting'];

/** What is dealt with first stands first; what has happened stands newest first. None of it changes while a task works. */
const ORDERS: Record<Column, (task: TaskSummary) => number> = {
  backlog: (task) => task.rank,
  running: (task) => -(task.startedAt ?? task.createdAt),
  'needs-you': (task) => -(task.settledAt ?? task.startedAt ?? task.createdAt),
  review: (task) => -(task.settledAt ?? task.updatedAt),
  done: (task) => -(task.acceptedAt ?? task.updatedAt),
};

/** An object with a value for each column. */
export function perColumn<T>(make: (column: Column) => T): Record<Column, T> {
  return Object.fromEntries(COLUMNS.map((column) => [column, make(column)])) as Record<Column, T>;
}

/** Where a task stands: what is compared while thousands are sorted is reckoned once for each. */
interface Place {
  readonly task: TaskSummary;
  readonly column: Column;
  readonly group: number;
  readonly order: number;
}

const places = new WeakMap<TaskSummary, Place>();

function placeOf(task: TaskSummary): Place {
  let place = places.get(task);
  if (!place) {
    const column = columnOf(task);
    place = { task, column, group: groupOf(task, column), order: ORDERS[column](task) };
    places.set(task, place);
  }
  return place;
}

/** In the backlog the priority comes before the place, as in the queue. */
function groupOf(task: TaskSummary, column: Column): number {
  const first = FIRST.includes(stateOf(task)) ? 0 : PRIORITIES.length;
  return first + (column === 'backlog' ? urgencyOf(task) : 0);
}

/** Shares the tasks out to the columns, each in its order. A column in which nothing differs stays the same array. */
export function toColumns(tasks: readonly TaskSummary[], before?: Columns): Columns {
  const columns = perColumn<Place[]>(() => []);
  for (const task of tasks) {
    const place = placeOf(task);
    columns[place.column].push(place);
  }
  return perColumn((column) => {
    const sorted = columns[column]
      .sort((a, b) => a.group - b.group || a.order - b.order || (a.task.id < b.task.id ? -1 : 1))
      .map(({ task }) => task);
    const earlier = before?.[column];
    return earlier?.length === sorted.length && sorted.every((task, at) => task === earlier[at]) ? earlier : sorted;
  });
}

let latest: { readonly tasks: readonly TaskSummary[]; readonly columns: Columns } | null = null;

/** The same for whoever shows these tasks: the board, and the list in its place, which are drawn anew each time. */
export function columnsOf(tasks: readonly TaskSummary[]): Columns {
  if (latest?.tasks !== tasks) latest = { tasks, columns: toColumns(tasks, latest?.columns) };
  return latest.columns;
}

/** Every task as the eye reads the board: column after column, from the top. */
export function inReadingOrder(columns: Columns): TaskSummary[] {
  return COLUMNS.flatMap((column) => columns[column]);
}

export type Direction = 'up' | 'down' | 'left' | 'right';

/** The task beside another on the board; null at an edge. Empty columns and those in `folded` are passed over. */
export function neighbour(
  columns: Columns,
  taskId: string,
  direction: Direction,
  isOpen: (column: Column) => boolean = () => true,
): string | null {
  const at = COLUMNS.findIndex((column) => columns[column].some(({ id }) => id === taskId));
  const name = COLUMNS[at];
  if (name === undefined) return null;
  const row = columns[name].findIndex(({ id }) => id === taskId);
  if (direction === 'up' || direction === 'down') return columns[name][row + (direction === 'up' ? -1 : 1)]?.id ?? null;
  const step = direction === 'left' ? -1 : 1;
  for (let other = at + step; other >= 0 && other < COLUMNS.length; other += step) {
    const column = COLUMNS[other];
    const tasks = column === undefined || !isOpen(column) ? [] : columns[column];
    const beside = tasks[Math.min(row, tasks.length - 1)];
    if (beside) return beside.id;
  }
  return null;
}

/** What a person has chosen for a column with tasks. Without a choice it is open as long as there is room. */
export type FoldChoice = 'folded' | 'open';
export type FoldChoices = Readonly<Partial<Record<Column, FoldChoice>>>;

/** Widths in pixels. */
export interface ColumnRoom {
  /** Of the board. */
  readonly width: number;
  /** Of a column in which cards are read with ease, of one that shows only its name; and between them. */
  readonly column: number;
  readonly narrow: number;
  readonly gap: number;
}

/** Where not all have room, these fold by themselves, in this order: what is over, and what has not begun. */
const FOLD_FIRST: readonly Column[] = ['done', 'backlog'];

/** Which columns show their cards. Empty ones have none to show. */
export function openColumns(
  counts: Readonly<Record<Column, number>>,
  choices: FoldChoices,
  { width, column, narrow, gap }: ColumnRoom,
): Column[] {
  let open = COLUMNS.filter((one) => counts[one] > 0 && choices[one] !== 'folded');
  const needed = () => open.length * column + (COLUMNS.length - open.length) * narrow + (COLUMNS.length + 1) * gap;
  for (const one of FOLD_FIRST) {
    if (needed() > width && open.length > 1 && choices[one] !== 'open') open = open.filter((other) => other !== one);
  }
  return open;
}

/** The choices after a person has folded or unfolded a column. */
export function toggleFold(choices: FoldChoices, column: Column, isOpen: boolean): FoldChoices {
  return { ...choices, [column]: isOpen ? 'folded' : 'open' };
}

/** The columns of before, as they are now. */
const FORMER: Readonly<Record<string, Column>> = { draft: 'backlog', queued: 'backlog', failed: 'needs-you' };

/** A column as it was written down, maybe by an earlier version; null for anything else. */
export function readColumn(name: string | null): Column | null {
  return COLUMNS.find((column) => column === name) ?? FORMER[name ?? ''] ?? null;
}

/** The choices as they were written down; what does not fit is left out. A column made of several folds as the first. */
export function readFolds(text: string | null): FoldChoices {
  try {
    const stored: unknown = JSON.parse(text ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    const choices: Partial<Record<Column, FoldChoice>> = {};
    for (const [name, choice] of Object.entries(stored)) {
      // What needs a person is not out of sight because failures once were.
      const column = name === 'failed' ? null : readColumn(name);
      if (column && (choice === 'folded' || choice === 'open')) choices[column] ??= choice;
    }
    return choices;
  } catch {
    return {};
  }
}
