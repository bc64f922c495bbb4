import { UnstyledButton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Column, columnOf } from '../../../contract/task/derive.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { COLUMN_WORDS } from '../../../contract/words/state.ts';
import { useActions } from '../../app/actions.ts';
import { filter, openTask } from '../../app/window-state.ts';
import { useHit, useTasks, useValue } from '../../state/hooks.ts';
import { readStored, writeStored } from '../../ui/stored.ts';
import { visibleLine } from '../../ui/text.logic.ts';
import { useSizes } from '../../ui/theme.ts';
import { Ago } from '../board/ago.tsx';
import { toneOf } from '../board/card.logic.ts';
import { columnsOf } from '../board/columns.logic.ts';
import { labels as boardLabels } from '../board/labels.ts';
import { StateIcon } from '../board/state-icon.tsx';
import { useContextMenu } from '../board/use-context-menu.tsx';
import { useNowOf } from '../board/use-now-of.ts';
import { labels } from './labels.ts';
import { type Row, readFolded, taskBeside, toggled, toRows } from './rows.logic.ts';
import classes from './task-list.module.css';

const LONGEST = 200;
/** So many rows beyond what is seen. */
const OVERSCAN = 6;

/** The tasks of the board as a list, grouped by state, beside the one that is open. */
export function TaskList({ openId }: { openId: string }) {
  const tasks = useTasks(useValue(filter));
  const columns = columnsOf(tasks);
  const { taskRow } = useSizes();
  const [folded, setFolded] = useState(() => readFolded(readStored('tasks.folded')));
  const home = useMemo(() => tasks.find(({ id }) => id === openId), [tasks, openId]);
  const column = home && columnOf(home);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is opened unfolds its group.
  useEffect(() => {
    if (column && folded.has(column)) setFolded(toggled(folded, column));
  }, [openId, column === undefined]);
  const rows = useMemo(() => toRows(columns, folded), [columns, folded]);

  function toggle(name: Column): void {
    const next = toggled(folded, name);
    setFolded(next);
    writeStored('tasks.folded', [...next].join(' '));
  }
  function step(by: 1 | -1): void {
    const next = taskBeside(rows, openId, by);
    if (next !== null) openTask(next);
  }
  useActions([
    { name: 'task.next', run: () => step(1) },
    { name: 'task.previous', run: () => step(-1) },
  ]);
  // Where rows have another size everything is somewhere else.
  return <Rows key={taskRow} rows={rows} tasks={tasks} openId={openId} onToggle={toggle} onStep={step} />;
}

interface RowsProps {
  rows: readonly Row[];
  tasks: readonly TaskSummary[];
  openId: string;
  onToggle(column: Column): void;
  onStep(by: 1 | -1): void;
}

function Rows({ rows, tasks, openId, onToggle, onStep }: RowsProps) {
  const { handlers, menu } = useContextMenu(tasks);
  const scroller = useRef<HTMLElement>(null);
  const { taskRow, groupRow } = useSizes();
  const openAt = useMemo(() => rows.findIndex((row) => row.kind === 'task' && row.task.id === openId), [rows, openId]);
  const sizeOf = (index: number) => (rows[index]?.kind === 'group' ? groupRow : taskRow);
  const isDrawn = useRef(false);
  // All that is seen at first is drawn at once, and where it stays: about how high it is is known.
  const [first] = useState(() => {
    const { clientHeight } = document.documentElement;
    return { rect: { width: 0, height: clientHeight }, offset: offsetOf(openAt, rows.length, sizeOf, clientHeight) };
  });
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: sizeOf,
    getItemKey: useCallback(
      (index: number) => {
        const row = rows[index];
        return row?.kind === 'task' ? row.task.id : (row?.column ?? index);
      },
      [rows],
    ),
    initialRect: first.rect,
    initialOffset: first.offset,
    overscan: isDrawn.current ? OVERSCAN : 0,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: one that moves is not followed.
  useEffect(() => {
    isDrawn.current = true;
    const row = virtual.measurementsCache[openAt];
    const from = virtual.scrollOffset ?? 0;
    const isSeen = row && row.start >= from && row.end <= from + (virtual.scrollRect?.height ?? 0);
    if (row && !isSeen) virtual.scrollToIndex(openAt);
  }, [openId, rows.length > 0]);

  function onKeyDown(event: React.KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (handlers.onMenuKey(event)) {
      event.preventDefault();
      return;
    }
    if (event.key === 'ArrowDown') onStep(1);
    else if (event.key === 'ArrowUp') onStep(-1);
    else return;
    event.preventDefault();
  }
  return (
    <>
      <nav
        ref={scroller}
        className={classes.list}
        aria-label={labels.list}
        data-beside
        onKeyDown={onKeyDown}
        onContextMenu={handlers.onContextMenu}
        onClick={(event) => {
          const row = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-task]') : null;
          if (row?.dataset.task) openTask(row.dataset.task);
        }}
      >
        <div className={classes.rows} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ key, index, start, size }) => {
            const row = rows[index];
            if (!row) return null;
            return (
              <div key={key} className={classes.slot} style={{ height: size, transform: `translateY(${start}px)` }}>
                {row.kind === 'group' ? (
                  <Group row={row} onToggle={onToggle} />
                ) : (
                  <TaskRow task={row.task} isOpen={row.task.id === openId} />
                )}
              </div>
            );
          })}
        </div>
      </nav>
      {menu}
    </>
  );
}

/** How far the list is scrolled so that one of its rows stands above the middle, in pixels. */
function offsetOf(index: number, count: number, sizeOf: (index: number) => number, height: number): number {
  let start = 0;
  let total = 0;
  for (let at = 0; at < count; at += 1) {
    if (at === index) start = total;
    total += sizeOf(at);
  }
  return Math.max(0, Math.min(start - height / 3, total - height));
}

function Group({ row, onToggle }: { row: Row & { kind: 'group' }; onToggle(column: Column): void }) {
  const { column, count, isOpen } = row;
  const Sign = isOpen ? ChevronDown : ChevronRight;
  return (
    <UnstyledButton className={classes.group} aria-expanded={isOpen} onClick={() => onToggle(column)}>
      <Sign size="1em" aria-hidden />
      {COLUMN_WORDS[column]} <span className={classes.count}>{count}</span>
    </UnstyledButton>
  );
}

const TaskRow = memo(function TaskRow({ task, isOpen }: { task: TaskSummary; isOpen: boolean }) {
  const ref = useRef<HTMLButtonElement>(null);
  // Who goes through the list by keys stays in it.
  useEffect(() => {
    if (isOpen && document.activeElement?.closest('[data-beside]')) ref.current?.focus();
  }, [isOpen]);
  const hit = useHit(task.id);
  const now = useNowOf(task);
  const words = hit ? boardLabels.card.hit(hit) : now;
  return (
    <button
      ref={ref}
      type="button"
      className={classes.task}
      data-task={task.id}
      aria-current={isOpen ? 'true' : undefined}
    >
      <span className={classes.sign}>
        <StateIcon task={task} />
      </span>
      <span className={classes.title} dir="auto">
        {visibleLine(task.title, LONGEST)}
      </span>
      <span
        className={classes.now}
        data-hit={hit !== null || undefined}
        data-tone={hit ? undefined : toneOf(task)}
        title={words}
        dir="auto"
      >
        {words}
      </span>
      <span className={classes.facts}>
        {task.items.total > 0 && (
          <span title={boardLabels.card.itemsExact(task.items.completed, task.items.total)}>
            {task.items.completed}/{task.items.total}
          </span>
        )}
        <Ago at={task.updatedAt} />
      </span>
    </button>
  );
});
