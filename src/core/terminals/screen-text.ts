import type { IBuffer, IBufferCell, Terminal } from '@xterm/headless';
import { rowText, type Style, styleOf } from './row-text.ts';

const RESET = '\x1b[0m';

/** What the library holds and does not offer. */
interface Inside {
  /** How letters that come next look. */
  _inputHandler: { _curAttrData: Style };
  buffers: { normal: BufferInside; alt: BufferInside };
}

interface BufferInside {
  /** The rows that scroll. */
  scrollTop: number;
  scrollBottom: number;
  /** The saved cursor, which programs and the return from the alternate screen put back. */
  savedX: number;
  savedY: number;
  savedCurAttrData: Style;
  ybase: number;
}

/** What makes an empty screen, with the cursor at its beginning and nothing set, the same as the one of this terminal. */
export function screenText(terminal: Terminal): string {
  const { buffers, _inputHandler } = (terminal as unknown as { _core: Inside })._core;
  const { normal, alternate, active } = terminal.buffer;
  const pen = set(styleOf(_inputHandler._curAttrData));
  if (active.type === 'normal') return bufferText(terminal, normal, buffers.normal) + pen;
  // The cursor with its looks is saved on the way there, and the new screen is filled with them.
  const saved = set(styleOf(buffers.normal.savedCurAttrData));
  const behind = `${bufferText(terminal, normal, buffers.normal)}${saved}\x1b[?1049h${RESET}\x1b[2J\x1b[H`;
  return behind + bufferText(terminal, alternate, buffers.alt) + pen;
}

function bufferText({ rows, cols }: Terminal, buffer: IBuffer, inside: BufferInside): string {
  const cell = buffer.getNullCell();
  const from = buffer.baseY;
  let text = '';
  for (let y = from; y < from + rows; y += 1) {
    const row = buffer.getLine(y);
    const next = y + 1 < from + rows ? buffer.getLine(y + 1) : undefined;
    if (row === undefined) continue;
    text += rowText(row, { isWrapped: next?.isWrapped ?? false, row: next ?? null }, { rows, cols, cell });
  }
  text = text.replace(/(?:\r\n)+$/, '');
  const { scrollTop, scrollBottom } = inside;
  if (scrollTop > 0 || scrollBottom < rows - 1) text += `\x1b[${scrollTop + 1};${scrollBottom + 1}r`;
  return text + savedText(inside, rows) + cursorText(buffer, cols, cell);
}

function savedText({ savedX, savedY, savedCurAttrData, ybase }: BufferInside, rows: number): string {
  const style = set(styleOf(savedCurAttrData));
  const y = Math.max(savedY - ybase, 0);
  if (savedX === 0 && y === 0 && style === '') return '';
  return `\x1b[${Math.min(y, rows - 1) + 1};${savedX + 1}H${style}\x1b7${style && RESET}`;
}

function cursorText(buffer: IBuffer, cols: number, cell: IBufferCell): string {
  const { baseY, cursorX, cursorY } = buffer;
  const to = (x: number) => `\x1b[${cursorY + 1};${x + 1}H`;
  if (cursorX < cols) return to(cursorX);
  // Behind the last letter, where the next one comes to the row below: only a letter leads there.
  const row = buffer.getLine(baseY + cursorY);
  for (let x = cols - 1; x >= 0; x -= 1) {
    row?.getCell(x, cell);
    if (cell.getWidth() === 0) continue;
    if (cell.getChars() === '') break;
    const style = set(styleOf(cell));
    return `${to(x)}${style}${cell.getChars()}${style && RESET}`;
  }
  return to(cols - 1);
}

const set = (style: string) => (style === '' ? '' : `\x1b[${style}m`);
