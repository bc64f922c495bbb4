import { COLUMNS, type Column, columnOf } from '../../../contract/task/derive.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { type Row, toRows } from '../task-list/rows.logic.ts';
import type { Sorting } from './sort.logic.ts';

/** The rows of the list: tasks in their order, below the state they are in unless they are `ungrouped`. */
export function rowsOf(
  tasks: readonly TaskSummary[],
  sorting: Sorting,
  folded: ReadonlySet<Column> | 'ungrouped',
): Row[] {
  if (folded === 'ungrouped') return tasks.map((task) => ({ kind: 'task', task }));
  const columns = Object.fromEntries(COLUMNS.map((column) => [column, [] as TaskSummary[]])) as Record<
    Column,
    TaskSummary[]
  >;
  for (const task of tasks) columns[columnOf(task)].push(task);
  const rows = toRows(columns, folded);
  return sorting.by === 'status' && sorting.descending ? groupsReversed(rows) : rows;
}

function groupsReversed(rows: readonly Row[]): Row[] {
  const groups: Row[][] = [];
  for (const row of rows) {
    if (row.kind === 'group') groups.push([row]);
    else groups.at(-1)?.push(row);
  }
  return groups.reverse().flat();
}
