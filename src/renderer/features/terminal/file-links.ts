import type { IBufferCellPosition, ILink, ILinkProvider, Terminal } from '@xterm/xterm';
import { type FoundPath, findPaths } from './file-paths.logic.ts';

/** So many rows of the screen are read as one line that is wrapped. */
const MOST_ROWS = 20;

export interface FileLinks {
  /** Whether a person may open this; asked only for what is below the pointer. */
  isThere(found: FoundPath): Promise<boolean>;
  open(found: FoundPath): void;
}

/** Makes links of the paths with line numbers in the line that the pointer is on. */
export function fileLinkProvider(terminal: Terminal, { isThere, open }: FileLinks): ILinkProvider {
  return {
    provideLinks(row, callback) {
      const { text, places } = lineAt(terminal, row);
      const found = findPaths(text);
      if (found.length === 0) return callback(undefined);
      const asked = found.map(async (one): Promise<ILink[]> => {
        const start = places[one.from];
        const end = places[one.to - 1];
        if (start === undefined || end === undefined || !(await isThere(one))) return [];
        return [{ range: { start, end }, text: one.words, activate: () => open(one) }];
      });
      void Promise.all(asked).then((links) => callback(links.flat()));
    },
  };
}

/** The whole line that a row belongs to, and where each of its letters stands. */
function lineAt(terminal: Terminal, row: number): { text: string; places: IBufferCellPosition[] } {
  const { active } = terminal.buffer;
  let first = row - 1;
  while (row - first < MOST_ROWS && active.getLine(first)?.isWrapped) first -= 1;
  let text = '';
  const places: IBufferCellPosition[] = [];
  for (let y = first; y < first + MOST_ROWS; y += 1) {
    const line = active.getLine(y);
    if (line === undefined || (y > first && !line.isWrapped)) break;
    for (let x = 0; x < line.length; x += 1) {
      const cell = line.getCell(x);
      if (cell === undefined || cell.getWidth() === 0) continue;
      const letters = cell.getChars() || ' ';
      for (let at = 0; at < letters.length; at += 1) places.push({ x: x + 1, y: y + 1 });
      text += letters;
    }
  }
  return { text, places };
}
