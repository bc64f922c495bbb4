import { COLUMNS, type Column, columnOf } from '../../../contract/task/derive.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';

export type Columns = Readonly<Record<Column, readonly TaskSummary[]>>;

/** What is dealt with first stands first; what has happened stands newest first. None of it changes while a task works. */
const ORDERS: Record<Column, (task: TaskSummary) => number> = {
  draft: (task) => task.rank,
  queued: (task) => task.rank,
  running: (task) => -(task.startedAt ?? task.createdAt),
  'needs-you': (task) => -(task.startedAt ?? task.createdAt),
  review: (task) => -(task.settledAt ?? task.updatedAt),
  done: (task) => -(task.acceptedAt ?? task.updatedAt),
  failed: (task) => -(task.settledAt ?? task.updatedAt),
};

/** An object with a value for each column. */
export function perColumn<T>(make: (column: Column) => T): Record<Column, T> {
  return Object.fromEntries(COLUMNS.map((column) => [column, make(column)])) as Record<Column, T>;
}

/** Shares the tasks out to the columns, each in its order. A column in which nothing differs stays the same array. */
export function toColumns(tasks: readonly TaskSummary[], before?: Columns): Columns {
  const columns = perColumn<TaskSummary[]>(() => []);
  for (const task of tasks) columns[columnOf(task)].push(task);
  return perColumn((column) => {
    const order = ORDERS[column];
    const sorted = columns[column].sort((a, b) => order(a) - order(b) || (a.id < b.id ? -1 : 1));
    const earlier = before?.[column];
    return earlier?.length === sorted.length && sorted.every((task, at) => task === earlier[at]) ? earlier : sorted;
  });
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

/** What a person has chosen for a column: folded, or open though it is empty. Without a choice it depends on the room. */
export type FoldChoice = 'folded' | 'open';
export type FoldChoices = Readonly<Partial<Record<Column, FoldChoice>>>;

/** Widths in pixels. */
export interface ColumnRoom {
  /** Of the board. */
  readonly width: number;
  /** Of a column in which cards are read with ease, of an empty one with its words, of a folded one; and between them. */
  readonly column: number;
  readonly empty: number;
  readonly folded: number;
  readonly gap: number;
}

/** Which columns are open. Empty ones fold as soon as they would take room that the others need. */
export function openColumns(
  counts: Readonly<Record<Column, number>>,
  choices: FoldChoices,
  room: ColumnRoom,
): Column[] {
  const chosen = COLUMNS.filter((column) => choices[column] !== 'folded' && (counts[column] > 0 || choices[column]));
  const empty = COLUMNS.filter((column) => counts[column] === 0 && !choices[column]);
  const folded = COLUMNS.length - chosen.length - empty.length;
  const needed =
    chosen.length * room.column + empty.length * room.empty + folded * room.folded + (COLUMNS.length + 1) * room.gap;
  return COLUMNS.filter((column) => chosen.includes(column) || (needed <= room.width && empty.includes(column)));
}

/** What folding or unfolding a column means for the choices: an empty one that folds by itself needs none. */
export function toggleFold(choices: FoldChoices, column: Column, isOpen: boolean, isEmpty: boolean): FoldChoices {
  const { [column]: _, ...others } = choices;
  if (isOpen) return choices[column] === 'open' ? others : { ...others, [column]: 'folded' };
  return isEmpty ? { ...others, [column]: 'open' } : others;
}

/** The choices as they were written down; what does not fit is left out. */
export function readFolds(text: string | null): FoldChoices {
  try {
    const stored: unknown = JSON.parse(text ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    const choices = Object.entries(stored).filter(
      ([column, choice]) => COLUMNS.some((one) => one === column) && (choice === 'folded' || choice === 'open'),
    );
    return Object.fromEntries(choices) as FoldChoices;
  } catch {
    return {};
  }
}
