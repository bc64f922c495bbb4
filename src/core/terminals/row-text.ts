import type { IBufferCell, IBufferLine } from '@xterm/headless';

const RESET = '\x1b[0m';

/** What tells how letters look. */
export type Style = Pick<
  IBufferCell,
  | 'isBold'
  | 'isDim'
  | 'isItalic'
  | 'isUnderline'
  | 'isBlink'
  | 'isInverse'
  | 'isInvisible'
  | 'isStrikethrough'
  | 'isOverline'
  | 'isFgRGB'
  | 'isFgPalette'
  | 'getFgColor'
  | 'isBgRGB'
  | 'isBgPalette'
  | 'getBgColor'
>;

/**
 * A row of a screen as what makes the same row, written at its beginning with nothing set, and what leads to the
 * beginning of the next one; nothing is set then either, so that rows can be written at any time and put together.
 * `next` is the row below: where it continues this one it does so again; null where it cannot be told by what it holds.
 */
export function rowText(
  row: IBufferLine,
  next: { isWrapped: boolean; row: IBufferLine | null },
  { rows, cols, cell }: { rows: number; cols: number; cell: IBufferCell },
): string {
  let text = '';
  let style = '';
  /** Empty cells that have not been passed yet, and their background. */
  let empty = 0;
  let background = '';
  const set = (wanted: string) => {
    if (wanted === style) return;
    text += wanted === '' ? RESET : `\x1b[${style === '' ? '' : '0;'}${wanted}m`;
    style = wanted;
  };
  const erase = () => {
    // What scrolled in while a background was set has it, where this row continues another.
    if (background === '' && !row.isWrapped) return;
    set(background);
    text += `\x1b[${empty}X`;
  };
  const pass = () => {
    if (empty === 0) return;
    erase();
    text += `\x1b[${empty}C`;
    empty = 0;
  };
  // A row may be longer than it is shown: after a program's own screen has become smaller.
  for (let x = 0; x < cols; x += 1) {
    const { letters, width } = cellAt(row, x, cols, cell);
    const isPlain = cell.isAttributeDefault();
    if (letters === '') {
      const behind = isPlain ? '' : backgroundOf(cell);
      if (behind !== background) {
        pass();
        background = behind;
      }
      empty += 1;
      continue;
    }
    pass();
    set(isPlain ? '' : styleOf(cell));
    text += letters;
    x += width - 1;
  }
  if (empty > 0) erase();
  set('');
  if (!next.isWrapped || (rows === 1 && empty > 0)) return `${text}\r\n`;
  if (empty === 0 && startsWithLetters(next.row, cell)) return text;
  return text + forcedWrap(cols, empty, background);
}

/** What is at a place of a row; half of a wide letter, whose other half is gone or out of sight, is nothing. */
export function cellAt(
  row: IBufferLine,
  x: number,
  cols: number,
  cell: IBufferCell,
): { letters: string; width: number } {
  row.getCell(x, cell);
  const width = cell.getWidth();
  if (width === 1) return { letters: cell.getChars(), width };
  if (width === 0 || x + width > cols) return { letters: '', width: 1 };
  for (let other = x + 1; other < x + width; other += 1) {
    row.getCell(other, cell);
    const isHalf = cell.getWidth() === 0 && cell.getChars() === '';
    if (!isHalf) {
      row.getCell(x, cell);
      return { letters: '', width: 1 };
    }
  }
  row.getCell(x, cell);
  return { letters: cell.getChars(), width };
}

function startsWithLetters(row: IBufferLine | null, cell: IBufferCell): boolean {
  row?.getCell(0, cell);
  return row !== null && cell.getChars() !== '';
}

/** Fills what is empty at the end of a row, so that a letter comes to the next one, and takes all of that back. */
function forcedWrap(length: number, empty: number, background: string): string {
  let text = `${'-'.repeat(empty + 1)}\x1b[D\x1b[X`;
  if (empty > 0) {
    text += `\x1b[A${length > empty ? `\x1b[${length - empty}C` : ''}`;
    text += background === '' ? `\x1b[${empty}X` : `\x1b[${background}m\x1b[${empty}X${RESET}`;
    text += '\r\x1b[B';
  }
  return text;
}

/** The parameters of SGR that make this style from none. */
export function styleOf(cell: Style): string {
  const set: string[] = [];
  if (cell.isBold()) set.push('1');
  if (cell.isDim()) set.push('2');
  if (cell.isItalic()) set.push('3');
  if (cell.isUnderline()) set.push('4');
  if (cell.isBlink()) set.push('5');
  if (cell.isInverse()) set.push('7');
  if (cell.isInvisible()) set.push('8');
  if (cell.isStrikethrough()) set.push('9');
  if (cell.isOverline()) set.push('53');
  const color = cell.getFgColor();
  if (cell.isFgRGB()) set.push(`38;2;${rgb(color)}`);
  else if (cell.isFgPalette()) set.push(fromPalette(color, 30));
  const behind = backgroundOf(cell);
  if (behind !== '') set.push(behind);
  return set.join(';');
}

function backgroundOf(cell: Style): string {
  if (cell.isBgRGB()) return `48;2;${rgb(cell.getBgColor())}`;
  return cell.isBgPalette() ? fromPalette(cell.getBgColor(), 40) : '';
}

function fromPalette(color: number, first: number): string {
  if (color >= 16) return `${first + 8};5;${color}`;
  return String(color < 8 ? first + color : first + 60 + color - 8);
}

function rgb(color: number): string {
  return `${(color >>> 16) & 0xff};${(color >>> 8) & 0xff};${color & 0xff}`;
}
