import type { IBufferCell, Terminal } from '@xterm/headless';
import { cellAt } from '../../src/core/terminals/row-text.ts';

/** What a terminal holds, the oldest row first: letters with their looks; `↪` before a row that continues another. */
export function rowsOf(terminal: Terminal, which: 'normal' | 'active' = 'normal'): string[] {
  const buffer = terminal.buffer[which];
  const cell = buffer.getNullCell();
  const rows: string[] = [];
  for (let y = 0; y < buffer.length; y += 1) {
    const row = buffer.getLine(y);
    let text = row?.isWrapped ? '↪' : ' ';
    let looks = '';
    for (let x = 0; x < terminal.cols; x += 1) {
      if (row === undefined) break;
      const { letters, width } = cellAt(row, x, terminal.cols, cell);
      const own = looksOf(cell, letters === '');
      text += `${own === looks ? '' : `{${own}}`}${letters || '·'}`;
      looks = own;
      x += width - 1;
    }
    rows.push(text);
  }
  return rows;
}

/** The screen of a terminal, its cursor, what letters that come next look like, and its modes. */
export function shownOf(terminal: Terminal): string {
  const { active, normal } = terminal.buffer;
  const { _core: core } = terminal as unknown as { _core: { _inputHandler: { _curAttrData: IBufferCell } } };
  const pen = core._inputHandler._curAttrData;
  const screen = rowsOf(terminal, 'active').slice(-terminal.rows);
  const behind = active.type === 'alternate' ? rowsOf(terminal).slice(-terminal.rows) : [];
  return [
    // What the row above the screen was is not known to everybody, and so not which one continues it.
    ...[...screen, ...behind].map((row) => row.slice(1)),
    `cursor ${active.cursorX} ${active.cursorY} ${normal.cursorX} ${normal.cursorY}, next {${looksOf(pen, false)}}`,
    JSON.stringify(terminal.modes),
  ].join('\n');
}

/** Of an empty cell nothing but the background is seen. */
function looksOf(cell: IBufferCell, isEmpty: boolean): string {
  const background = cell.isBgDefault() ? '' : `on ${cell.getBgColorMode()}:${cell.getBgColor()}`;
  if (isEmpty) return background;
  return [
    background,
    cell.isFgDefault() ? '' : `${cell.getFgColorMode()}:${cell.getFgColor()}`,
    cell.isBold() && 'bold',
    cell.isDim() && 'dim',
    cell.isItalic() && 'italic',
    cell.isUnderline() && 'underlined',
    cell.isInverse() && 'inverse',
    cell.isStrikethrough() && 'struck',
    cell.isOverline() && 'overlined',
  ]
    .filter(Boolean)
    .join(' ');
}
