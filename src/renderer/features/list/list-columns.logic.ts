import { LIST_COLUMNS, type ListColumn, type Sorting } from './sort.logic.ts';

/** Columns of numbers, which stand at the right. */
export const NUMBERS: readonly ListColumn[] = ['items', 'time', 'cost', 'created', 'updated'];

const USUAL: readonly ListColumn[] = ['title', 'status', 'project', 'agent', 'items', 'time', 'cost', 'updated'];
/** Where there is little room. */
export const NARROW: readonly ListColumn[] = ['title', 'status', 'updated'];

/** The columns that were chosen, in their order; the title is always there. */
export function readColumns(text: string | null): readonly ListColumn[] {
  if (text === null) return USUAL;
  const names = text.split(' ');
  return LIST_COLUMNS.filter((column) => column === 'title' || names.includes(column));
}

export function toggleColumn(columns: readonly ListColumn[], column: ListColumn): readonly ListColumn[] {
  return LIST_COLUMNS.filter((one) => (one === column ? !columns.includes(one) : columns.includes(one)));
}

/** The order that was chosen last, written as `-cost` for the dearest first. */
export function readSorting(text: string | null): Sorting {
  const by = LIST_COLUMNS.find((column) => column === text?.replace('-', ''));
  return by ? { by, descending: text?.startsWith('-') ?? false } : { by: 'updated', descending: true };
}

export function writeSorting({ by, descending }: Sorting): string {
  return `${descending ? '-' : ''}${by}`;
}

/** A second press on a head turns the order round; numbers and times begin with the greatest. */
export function nextSorting(sorting: Sorting, by: ListColumn): Sorting {
  if (sorting.by === by) return { by, descending: !sorting.descending };
  return { by, descending: NUMBERS.includes(by) };
}
