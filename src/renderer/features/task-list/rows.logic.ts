import type { Column } from '../../../contract/task/derive.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';
import type { Columns } from '../board/columns.logic.ts';

/** A line of the list: the name of a group, or a task in it. */
export type Row =
  | { readonly kind: 'group'; readonly column: Column; readonly count: number; readonly isOpen: boolean }
  | { readonly kind: 'task'; readonly task: TaskSummary };

/** What a person has to act on stands first. */
const ORDER: readonly Column[] = ['needs-you', 'running', 'review', 'backlog', 'done'];

/** Every group that has tasks, with its tasks unless it is folded. */
export function toRows(columns: Columns, folded: ReadonlySet<Column>): Row[] {
  return ORDER.flatMap((column): Row[] => {
    const tasks = columns[column];
    if (tasks.length === 0) return [];
    const isOpen = !folded.has(column);
    const head = { kind: 'group', column, count: tasks.length, isOpen } as const;
    return isOpen ? [head, ...tasks.map((task) => ({ kind: 'task', task }) as const)] : [head];
  });
}

/** The task that comes after another in the list, or before it; null at an end. From none it is the first or the last. */
export function taskBeside(rows: readonly Row[], taskId: string | null, step: 1 | -1): string | null {
  const ids = rows.flatMap((row) => (row.kind === 'task' ? [row.task.id] : []));
  const at = ids.indexOf(taskId ?? '');
  if (at < 0) return (step === 1 ? ids[0] : ids.at(-1)) ?? null;
  return ids[at + step] ?? null;
}

/** The groups that are folded, as they were written down; what is done is folded until a person unfolds it. */
export function readFolded(text: string | null): ReadonlySet<Column> {
  if (text === null) return new Set(['done']);
  const names = text.split(' ');
  return new Set(ORDER.filter((column) => names.includes(column)));
}

export function toggled(folded: ReadonlySet<Column>, column: Column): ReadonlySet<Column> {
  const next = new Set(folded);
  if (!next.delete(column)) next.add(column);
  return next;
}
