import { useDraggable, useDroppable } from '@dnd-kit/core';
import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { ChevronsRightLeft } from 'lucide-react';
import { memo, type Ref, useCallback, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { Column } from '../../../contract/task/derive.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { COLUMN_WORDS } from '../../../contract/words/state.ts';
import { useSizes } from '../../ui/theme.ts';
import classes from './board.module.css';
import { COLUMN_TONES } from './card.logic.ts';
import { canDrag } from './drag.logic.ts';
import { labels } from './labels.ts';
import { TaskCard } from './task-card.tsx';

/** So many cards beyond what is seen. */
const OVERSCAN = 4;

export interface ColumnHandle {
  /** Scrolls a task of this column into sight. */
  show(index: number): void;
  /** Whether a point of the window is above this column, however far down. */
  isUnder(x: number, y: number): boolean;
  /** Before which of its tasks something falls that is let go at this height of the window. */
  gapAt(y: number): number;
}

export interface BoardColumnProps {
  ref?: Ref<ColumnHandle>;
  name: Column;
  tasks: readonly TaskSummary[];
  /** Where a task belongs, where those that are shown differ. */
  contextOf(task: TaskSummary): string;
  selected: ReadonlySet<string>;
  /** The task that Tab reaches, when it is in this column; it stays there however far one scrolls. */
  tabbableId: string | null;
  /** Whether its cards are shown. */
  isOpen: boolean;
  /** Absent where this is the only column that is shown: then it does not fold, and its name stands above. */
  onToggle?: ((name: Column) => void) | undefined;
  /** What is dragged; null while nothing is. */
  dragged: ReadonlySet<string> | null;
  /** Whether what is dragged may come here, and whether it would now. */
  isTarget: boolean;
  isOver: boolean;
  /** Before which task it would fall now. */
  gap: number | null;
}

export const BoardColumn = memo(function BoardColumn(props: BoardColumnProps) {
  const { ref, name, tasks, isOpen, onToggle, isTarget, isOver } = props;
  const section = useRef<HTMLElement>(null);
  const cards = useRef<CardsHandle>(null);
  const { setNodeRef } = useDroppable({ id: name, disabled: !isTarget });
  const { card } = useSizes();
  useImperativeHandle(
    ref,
    () => ({
      show: (index) => cards.current?.show(index),
      isUnder(x, y) {
        const rect = section.current?.getBoundingClientRect();
        return rect !== undefined && x >= rect.left && x <= rect.right && y >= rect.top && y <= rect.bottom;
      },
      gapAt: (y) => cards.current?.gapAt(y) ?? tasks.length,
    }),
    [tasks.length],
  );
  const title = COLUMN_WORDS[name];
  const head = (
    <>
      <span className={classes.dot} data-tone={tasks.length > 0 ? COLUMN_TONES[name] : undefined} aria-hidden />
      <h2 className={classes.name}>{title}</h2>
      <span className={classes.count}>{tasks.length}</span>
    </>
  );
  const shape = {
    ref: section,
    'aria-label': labels.board.columnOf(title, tasks.length),
    'data-target': isTarget || undefined,
    'data-over': isOver || undefined,
  };
  if (!isOpen) {
    return (
      <section {...shape} className={classes.narrow}>
        {tasks.length === 0 ? (
          <div className={classes.head}>{head}</div>
        ) : (
          <UnstyledButton
            className={classes.head}
            aria-expanded={false}
            title={labels.board.unfold}
            onClick={() => onToggle?.(name)}
          >
            <VisuallyHidden>{labels.board.unfold} </VisuallyHidden>
            {head}
          </UnstyledButton>
        )}
        <div ref={setNodeRef} className={classes.landing} />
      </section>
    );
  }
  return (
    <section {...shape} className={classes.column}>
      {onToggle && (
        <div className={classes.head}>
          {head}
          <UnstyledButton
            className={classes.fold}
            aria-expanded
            aria-label={labels.board.fold(title)}
            title={labels.board.fold(title)}
            onClick={() => onToggle(name)}
          >
            <ChevronsRightLeft size="1em" aria-hidden />
          </UnstyledButton>
        </div>
      )}
      {tasks.length === 0 ? (
        <p ref={setNodeRef} className={classes.nothing}>
          {labels.board.nothing}
        </p>
      ) : (
        // Where cards have another size everything is somewhere else.
        <Cards key={card} {...props} ref={cards} contentRef={setNodeRef} />
      )}
    </section>
  );
});

interface CardsHandle {
  show(index: number): void;
  gapAt(y: number): number;
}

interface CardsProps extends Omit<BoardColumnProps, 'ref'> {
  ref: Ref<CardsHandle>;
  contentRef(element: HTMLElement | null): void;
}

function Cards({ ref, contentRef, tasks, contextOf, selected, tabbableId, dragged, gap }: CardsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const isDrawn = useRef(false);
  useEffect(() => {
    isDrawn.current = true;
  }, []);
  // The cards that a person sees first are all that is drawn at first, and at once: about how high this is is known.
  const [initialRect] = useState(() => ({ width: 0, height: document.documentElement.clientHeight }));
  const { card, boardGap } = useSizes();
  const pinned = tabbableId === null ? -1 : tasks.findIndex(({ id }) => id === tabbableId);
  const virtual = useVirtualizer({
    count: tasks.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => card + boardGap,
    // A new function would make it reckon with every task again.
    getItemKey: useCallback((index: number) => tasks[index]?.id ?? index, [tasks]),
    initialRect,
    overscan: isDrawn.current ? OVERSCAN : 0,
    rangeExtractor: (range) => withPinned(range, pinned),
  });
  useImperativeHandle(
    ref,
    () => ({
      show: (index) => virtual.scrollToIndex(Math.min(index, tasks.length - 1)),
      gapAt(y) {
        const { top } = scroller.current?.getBoundingClientRect() ?? { top: 0 };
        const at = y - top + (virtual.scrollOffset ?? 0);
        if (at >= virtual.getTotalSize()) return tasks.length;
        const card = virtual.getVirtualItemForOffset(Math.max(0, at));
        return card ? card.index + (at > card.start + card.size / 2 ? 1 : 0) : 0;
      },
    }),
    [virtual, tasks.length],
  );
  const lineAt = gap === null ? null : (virtual.measurementsCache[gap]?.start ?? virtual.getTotalSize());
  return (
    <div ref={scroller} className={classes.cards}>
      <div ref={contentRef} className={classes.content} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const task = tasks[index];
          if (!task) return null;
          return (
            <div key={key} data-index={index} className={classes.slot} style={{ transform: `translateY(${start}px)` }}>
              <Draggable task={task}>
                <TaskCard
                  task={task}
                  context={contextOf(task)}
                  selected={selected.has(task.id)}
                  selecting={selected.size > 0}
                  tabbable={tabbableId === task.id}
                  dragged={dragged?.has(task.id) ?? false}
                />
              </Draggable>
            </div>
          );
        })}
        {lineAt !== null && <div className={classes.gap} style={{ transform: `translateY(${lineAt}px)` }} />}
      </div>
    </div>
  );
}

/** What can go nowhere is not picked up. A pointer drag begins on the whole card; keys are the board's. */
function Draggable({ task, children }: { task: TaskSummary; children: React.ReactNode }) {
  const { listeners, setNodeRef } = useDraggable({ id: task.id, disabled: !canDrag(task) });
  return (
    <div ref={setNodeRef} {...listeners}>
      {children}
    </div>
  );
}

/** The card with the focus stays while it is out of sight, so that the keys go on from it. */
function withPinned(range: Range, pinned: number): number[] {
  const shown = defaultRangeExtractor(range);
  if (pinned < 0 || shown.includes(pinned)) return shown;
  return [...shown, pinned].sort((a, b) => a - b);
}
