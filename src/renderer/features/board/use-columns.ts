import { useMediaQuery } from '@mantine/hooks';
import { type RefCallback, useCallback, useRef, useState } from 'react';
import type { Column } from '../../../contract/task/derive.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { readStored, writeStored } from '../../ui/stored.ts';
import { sizes } from '../../ui/theme.ts';
import { type Columns, columnsOf, openColumns, perColumn, readColumn, readFolds, toggleFold } from './columns.logic.ts';

export interface ColumnLayout {
  columns: Columns;
  /** In the order in which they stand. */
  open: readonly Column[];
  /** The only one that is shown, where there is room for one only. */
  single: Column | null;
  showSingle(column: Column): void;
  toggle(column: Column): void;
  /** For the element whose width they share. */
  boardRef: RefCallback<HTMLElement>;
}

/** Where one column is shown, the first of these that has tasks, until a person chooses. */
const FIRST_LOOK: readonly Column[] = ['needs-you', 'running', 'review', 'backlog', 'done'];

/** The columns with their tasks, and which are open: by what is in them, by the room, and by what a person chose. */
export function useColumns(tasks: readonly TaskSummary[]): ColumnLayout {
  const columns = columnsOf(tasks);
  const [width, boardRef] = useWidth();
  const [choices, setChoices] = useState(() => readFolds(readStored('board.columns')));
  const [chosen, setChosen] = useState(() => readColumn(readStored('board.column')));
  const narrow = useMediaQuery(`(max-width: ${sizes.narrow - 1}px)`, false, { getInitialValueInEffect: false });
  const single = narrow ? (chosen ?? FIRST_LOOK.find((column) => columns[column].length > 0) ?? 'backlog') : null;

  const counts = perColumn((column) => columns[column].length);
  const { column, columnNarrow: narrowest, boardGap: gap } = sizes;
  const shown = single ? [single] : openColumns(counts, choices, { width, column, narrow: narrowest, gap });
  // The same array for the same columns: what depends on it is not done again.
  const kept = useRef<readonly Column[]>(shown);
  if (kept.current.join() !== shown.join()) kept.current = shown;
  const open = kept.current;

  const toggle = useCallback(
    (name: Column) => {
      const next = toggleFold(choices, name, open.includes(name));
      setChoices(next);
      writeStored('board.columns', JSON.stringify(next));
    },
    [choices, open],
  );
  return {
    columns,
    open,
    single,
    showSingle(name) {
      setChosen(name);
      writeStored('board.column', name);
    },
    toggle,
    boardRef,
  };
}

/** The width of the board, in pixels; known before it is painted, and until then what it is if nothing lies beside it. */
function useWidth(): [number, RefCallback<HTMLElement>] {
  const [width, setWidth] = useState(() => {
    // A window that is not shown yet knows no width of its own before its page is laid out.
    const { clientWidth } = document.documentElement;
    return clientWidth - sizes.sidebarIn(clientWidth);
  });
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [width, ref];
}
