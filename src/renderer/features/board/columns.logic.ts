import { COLUMNS, type Column, columnOf } from '../../../contract/task/derive.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';

export type Columns = Readonly<Record<Column, readonly TaskSummary[]>>;

/** Shares the tasks out to the columns of the board, in the order given. */
export function toColumns(tasks: readonly TaskSummary[]): Columns {
  const columns = Object.fromEntries(COLUMNS.map((column) => [column, [] as TaskSummary[]])) as unknown as Record<
    Column,
    TaskSummary[]
  >;
  for (const task of tasks) columns[columnOf(task)].push(task);
  return columns;
}

export type Direction = 'up' | 'down' | 'left' | 'right';

/** The task beside another on the board; null at an edge. Empty columns are passed over. */
export function neighbour(columns: Columns, taskId: string, direction: Direction): string | null {
  const at = COLUMNS.findIndex((column) => columns[column].some(({ id }) => id === taskId));
  const name = COLUMNS[at];
  if (name === undefined) return null;
  const row = columns[name].findIndex(({ id }) => id === taskId);
  if (direction === 'up' || direction === 'down') return columns[name][row + (direction === 'up' ? -1 : 1)]?.id ?? null;
  const step = direction === 'left' ? -1 : 1;
  for (let other = at + step; other >= 0 && other < COLUMNS.length; other += step) {
    const column = COLUMNS[other];
    const tasks = column === undefined ? [] : columns[column];
    const beside = tasks[Math.min(row, tasks.length - 1)];
    if (beside) return beside.id;
  }
  return null;
}
