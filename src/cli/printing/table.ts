import type { Style } from './paint.ts';
import type { View } from './view.ts';
import { cut, pad, widthOf } from './width.ts';

/** One cell: safe text of one line, and how it is painted. */
export interface Cell {
  text: string;
  style?: Style;
}

export interface Column {
  title: string;
  align?: 'left' | 'right';
  /** Gives way when the terminal is too narrow; at most one column. */
  flexible?: boolean;
}

const GAP = '  ';
const NARROWEST = 8;

/** Rows under a heading, aligned by terminal columns, without spaces at line ends. No rows, no lines. */
export function table(view: View, columns: readonly Column[], rows: readonly (readonly Cell[])[]): string[] {
  if (rows.length === 0) return [];
  const widths = columns.map((column, i) =>
    Math.max(widthOf(column.title), ...rows.map((row) => widthOf(row[i]?.text ?? ''))),
  );
  const flexible = columns.findIndex((column) => column.flexible);
  const total = widths.reduce((sum, width) => sum + width, 0) + GAP.length * (columns.length - 1);
  if (flexible >= 0 && total > view.columns) {
    widths[flexible] = Math.max(NARROWEST, (widths[flexible] ?? 0) - (total - view.columns));
  }
  const line = (cells: readonly Cell[]) =>
    cells
      .map(({ text, style }, i) => {
        const shown = cut(text, widths[i] ?? 0);
        const painted = style ? view.paint(style, shown) : shown;
        if (i === columns.length - 1 && columns[i]?.align !== 'right') return painted;
        const space = pad('', (widths[i] ?? 0) - widthOf(shown));
        return columns[i]?.align === 'right' ? space + painted : painted + space;
      })
      .join(GAP)
      .trimEnd();
  return [line(columns.map((column) => ({ text: column.title, style: 'dim' }))), ...rows.map(line)];
}

/** Names and values below each other; a value of several lines continues under its first. Empty values are left out. */
export function fields(
  view: View,
  entries: readonly (readonly [name: string, value: string | readonly string[] | null])[],
): string[] {
  const shown = entries.flatMap(([name, value]) => {
    const lines = value === null ? [] : typeof value === 'string' ? [value] : value;
    return lines.length === 0 || lines[0] === '' ? [] : [{ name, lines }];
  });
  const width = Math.max(0, ...shown.map(({ name }) => widthOf(name)));
  return shown.flatMap(({ name, lines }) =>
    lines.map((line, i) =>
      i === 0 ? `${view.paint('dim', pad(name, width))}${GAP}${line}` : `${' '.repeat(width)}${GAP}${line}`,
    ),
  );
}
