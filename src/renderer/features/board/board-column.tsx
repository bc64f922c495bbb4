import { Badge, Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type Ref, useImperativeHandle, useRef } from 'react';
import type { Column } from '../../../contract/task/derive.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { sizes } from '../../ui/theme.ts';
import classes from './board.module.css';
import { COLUMN_COLORS, EMPTY_COLUMN } from './card.logic.ts';
import { TaskCard } from './task-card.tsx';

export interface ColumnHandle {
  /** Scrolls a task of this column into sight. */
  show(index: number): void;
}

export interface BoardColumnProps {
  ref?: Ref<ColumnHandle>;
  name: Column;
  tasks: readonly TaskSummary[];
  projectNames: ReadonlyMap<string, string>;
  now: number;
  selected: ReadonlySet<string>;
  openId: string | null;
  tabbableId: string | null;
}

export function BoardColumn(props: BoardColumnProps) {
  const { ref, name, tasks, projectNames, now, selected, openId, tabbableId } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: tasks.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => sizes.card,
    getItemKey: (index) => tasks[index]?.id ?? index,
    overscan: 6,
  });
  useImperativeHandle(ref, () => ({ show: (index) => virtual.scrollToIndex(index) }), [virtual]);
  return (
    <section className={tasks.length === 0 ? classes.narrow : classes.column} aria-label={`${name}: ${tasks.length}`}>
      <div className={classes.columnHead}>
        <Text component="h2" size="sm" fw={600}>
          {name}
        </Text>
        <Badge size="sm" variant="light" color={tasks.length === 0 ? 'gray' : COLUMN_COLORS[name]}>
          {tasks.length}
        </Badge>
      </div>
      {tasks.length === 0 ? (
        <Text size="xs" c="dimmed" className={classes.empty}>
          {EMPTY_COLUMN[name]}
        </Text>
      ) : (
        <div ref={scroller} className={classes.cards}>
          <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
            {virtual.getVirtualItems().map(({ key, index, start }) => {
              const task = tasks[index];
              if (!task) return null;
              return (
                <div
                  key={key}
                  ref={virtual.measureElement}
                  data-index={index}
                  className={classes.slot}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <TaskCard
                    task={task}
                    projectName={projectNames.get(task.projectId) ?? ''}
                    now={now}
                    selected={selected.has(task.id)}
                    selecting={selected.size > 0}
                    open={openId === task.id}
                    tabbable={tabbableId === task.id}
                  />
                </div>
              );
            })}
          </div>
        </div>
      )}
    </section>
  );
}
