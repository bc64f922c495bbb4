import {
  type CollisionDetection,
  DndContext,
  DragOverlay,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { VisuallyHidden } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import { COLUMNS, type Column } from '../../../contract/task/derive.ts';
import { filter } from '../../app/window-state.ts';
import { useTasks, useValue } from '../../state/hooks.ts';
import classes from './board.module.css';
import { BoardColumn, type ColumnHandle } from './board-column.tsx';
import { BoardTabs } from './board-tabs.tsx';
import { tasksInWords } from './bulk.logic.ts';
import { BulkBar } from './bulk-bar.tsx';
import { type Direction, neighbour, perColumn } from './columns.logic.ts';
import { accepts, type DropTarget, inBacklog, staying } from './drag.logic.ts';
import { FilterBar } from './filter-bar.tsx';
import { NoTasks } from './no-tasks.tsx';
import { TaskCard } from './task-card.tsx';
import { useColumns } from './use-columns.ts';
import { useContextOf } from './use-context-of.ts';
import { useDrag } from './use-drag.ts';
import { usePointer } from './use-pointer.ts';
import { useTaskGrid } from './use-task-grid.ts';

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};
/** A press that moves less is a click; a touch that is held is no scrolling. */
const MOUSE = { activationConstraint: { distance: 6 } };
const TOUCH = { activationConstraint: { delay: 250, tolerance: 8 } };
/** The board says itself what happens. */
const SILENT = {
  announcements: { onDragStart: () => '', onDragOver: () => '', onDragEnd: () => '', onDragCancel: () => '' },
  screenReaderInstructions: { draggable: '' },
};

/** All tasks as cards in columns, to be ordered, started and put away by hand. */
export function BoardView() {
  const current = useValue(filter);
  const tasks = useTasks(current);
  const contextOf = useContextOf(tasks);
  const { columns, open, single, showSingle, toggle, boardRef } = useColumns(tasks);
  const order = useMemo(() => open.flatMap((column) => columns[column]), [open, columns]);

  const handles = useRef(new Map<Column, ColumnHandle>());
  const register = useMemo(
    () =>
      perColumn((name) => (handle: ColumnHandle | null) => {
        if (handle) handles.current.set(name, handle);
        else handles.current.delete(name);
      }),
    [],
  );
  const columnWith = (taskId: string) => COLUMNS.find((column) => columns[column].some(({ id }) => id === taskId));
  const grid = useTaskGrid({
    tasks: order,
    next(taskId, key) {
      const direction = ARROWS[key];
      return direction && neighbour(columns, taskId, direction, (column) => open.includes(column));
    },
    show(taskId) {
      const name = columnWith(taskId);
      if (name) handles.current.get(name)?.show(columns[name].findIndex(({ id }) => id === taskId));
    },
  });
  const { selected, tabbableId } = grid;
  const { drag, said, ...control } = useDrag(columns, selected);
  const pointer = usePointer(drag?.by === 'pointer');
  const dragged = drag?.tasks ?? null;
  const draggedIds = useMemo(() => dragged && new Set(dragged.map(({ id }) => id)), [dragged]);
  const sensors = useSensors(useSensor(MouseSensor, MOUSE), useSensor(TouchSensor, TOUCH));

  /** The place under the pointer. */
  function targetAt(x: number, y: number): DropTarget | null {
    if (!drag) return null;
    for (const [column, handle] of handles.current) {
      if (!accepts(column, drag.tasks) || !handle.isUnder(x, y)) continue;
      if (column !== 'backlog') return { column };
      const before = columns.backlog.slice(0, handle.gapAt(y));
      return inBacklog(columns, drag.tasks, before.filter(({ id }) => !draggedIds?.has(id)).length);
    }
    return null;
  }
  function followPointer(): void {
    if (pointer.current) control.to(targetAt(pointer.current.x, pointer.current.y));
  }
  const detect: CollisionDetection = ({ pointerCoordinates, droppableContainers }) => {
    if (!pointerCoordinates) return [];
    const place = targetAt(pointerCoordinates.x, pointerCoordinates.y);
    return droppableContainers.filter(({ id }) => id === place?.column);
  };

  /** Before which of all tasks of a column the dragged ones would fall. */
  function gapIn(column: Column): number | null {
    const place = drag?.place;
    if (!drag || place?.column !== column) return null;
    // The others have an order of their own.
    if (place.column !== 'backlog') return null;
    const after = staying(columns, drag.tasks)[place.index];
    return after ? columns.backlog.indexOf(after) : columns.backlog.length;
  }
  const place = drag?.place;
  const keyGap = drag?.by === 'keys' && place ? gapIn(place.column) : null;
  useEffect(() => {
    if (keyGap !== null && place) handles.current.get(place.column)?.show(keyGap);
  }, [keyGap, place]);

  function onKeyDown(event: React.KeyboardEvent): void {
    if (drag?.by === 'keys') {
      const direction = ARROWS[event.key];
      if (direction) control.step(direction);
      else if (event.key === 'Enter' || event.key === ' ') {
        control.end();
        const [first] = drag.tasks;
        if (first && place) grid.focus(first.id);
      } else if (event.key === 'Escape') control.cancel();
      else if (event.key === 'Tab') {
        control.cancel();
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const { task } = (event.target as HTMLElement).dataset;
    if (event.key === 'm' && task && !event.ctrlKey && !event.metaKey && !event.altKey) {
      control.begin(task, 'keys');
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    grid.handlers.onKeyDown(event);
  }

  if (tasks.length === 0) {
    return (
      <>
        <FilterBar shown={0} />
        <NoTasks />
      </>
    );
  }
  const overlay = drag?.by === 'pointer' ? drag.tasks[0] : undefined;
  return (
    <>
      <FilterBar shown={tasks.length} />
      <BulkBar tasks={tasks} />
      {single && <BoardTabs columns={columns} shown={single} onShow={showSingle} />}
      <DndContext
        sensors={sensors}
        collisionDetection={detect}
        accessibility={SILENT}
        onDragStart={({ active }) => control.begin(String(active.id), 'pointer')}
        onDragMove={followPointer}
        onDragEnd={() => {
          followPointer();
          control.end();
        }}
        onDragCancel={control.cancel}
      >
        <div className={classes.stage}>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: clicks and keys belong to the cards inside, which are buttons. */}
          <div
            ref={boardRef}
            className={classes.board}
            data-dragging={drag ? drag.by : undefined}
            {...grid.handlers}
            onKeyDown={onKeyDown}
            onBlur={(event) => {
              if (drag?.by === 'keys' && !event.currentTarget.contains(event.relatedTarget)) control.cancel();
            }}
          >
            {(single ? [single] : COLUMNS).map((name) => (
              <BoardColumn
                key={name}
                ref={register[name]}
                name={name}
                tasks={columns[name]}
                contextOf={contextOf}
                selected={selected}
                tabbableId={columns[name].some(({ id }) => id === tabbableId) ? tabbableId : null}
                isOpen={open.includes(name)}
                onToggle={single ? undefined : toggle}
                dragged={draggedIds}
                isTarget={drag !== null && accepts(name, drag.tasks)}
                isOver={place?.column === name}
                gap={gapIn(name)}
              />
            ))}
          </div>
        </div>
        <DragOverlay dropAnimation={null}>
          {overlay && drag && (
            <div className={classes.overlay}>
              <TaskCard
                task={overlay}
                context={contextOf(overlay)}
                selected={false}
                selecting={false}
                tabbable={false}
                dragged={false}
              />
              {drag.tasks.length > 1 && <span className={classes.many}>{tasksInWords(drag.tasks.length)}</span>}
            </div>
          )}
        </DragOverlay>
      </DndContext>
      {grid.menu}
      <VisuallyHidden role="status" aria-live="assertive">
        {said}
      </VisuallyHidden>
    </>
  );
}
