import { Checkbox, Group, Text, UnstyledButton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { columnOf } from '../../../contract/task/derive.ts';
import { useNow, useProjects, useSession, useTasks, useValue } from '../../state/hooks.ts';
import { ago, cost, duration } from '../../ui/format.logic.ts';
import { sizes } from '../../ui/theme.ts';
import { filter, openTask, route, selected as selection, toggleSelected } from '../../ui/window-state.ts';
import { BulkBar } from '../board/bulk-bar.tsx';
import { COLUMN_COLORS, elapsed, statusWords } from '../board/card.logic.ts';
import { NoTasks } from '../board/no-tasks.tsx';
import { mainAction } from '../board/task-actions.logic.ts';
import { carryOut } from '../board/task-actions.tsx';
import classes from './list.module.css';
import { LIST_COLUMNS, type ListColumn, type Sorting, sortTasks } from './sort.logic.ts';

const HEADS: Record<ListColumn, string> = {
  title: 'Task',
  status: 'Status',
  project: 'Project',
  agent: 'Agent',
  items: 'Items',
  time: 'Time',
  cost: 'Cost',
  updated: 'Activity',
};

/** All tasks as rows that can be sorted by every column. */
export function ListView() {
  const { client } = useSession();
  const found = useTasks(useValue(filter));
  const projects = useProjects();
  const selected = useValue(selection);
  const { taskId: openId } = useValue(route);
  const [sorting, setSorting] = useState<Sorting>({ by: 'updated', descending: true });
  const scroller = useRef<HTMLDivElement>(null);
  const names = useMemo(() => new Map(projects?.map(({ id, name }) => [id, name])), [projects]);
  const tasks = useMemo(() => sortTasks(found, sorting, (id) => names.get(id) ?? ''), [found, sorting, names]);
  const now = useNow(true, tasks.some(({ status }) => status === 'running') ? 1000 : 60_000);
  const virtual = useVirtualizer({
    count: tasks.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => sizes.row,
    getItemKey: (index) => tasks[index]?.id ?? index,
    overscan: 10,
  });

  function onKeyDown(event: React.KeyboardEvent): void {
    const taskId = (event.target as HTMLElement).dataset.task;
    const index = tasks.findIndex(({ id }) => id === taskId);
    const task = tasks[index];
    if (!task || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const next = tasks[index + (event.key === 'ArrowDown' ? 1 : -1)];
      if (next) {
        virtual.scrollToIndex(tasks.indexOf(next));
        requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-task="${next.id}"]`)?.focus());
      }
    } else if (event.key === ' ') toggleSelected(task.id);
    else if (event.key === 's') {
      const action = mainAction(task.status);
      if (action) void carryOut(client, action, task);
    } else if (event.key === 'Delete') void carryOut(client, 'delete', task);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  if (tasks.length === 0) return <NoTasks />;
  const allSelected = tasks.every(({ id }) => selected.has(id));
  return (
    <>
      <BulkBar tasks={tasks} />
      <div ref={scroller} className={classes.scroller}>
        <table className={classes.grid} aria-label="Tasks" aria-rowcount={tasks.length + 1} onKeyDown={onKeyDown}>
          <thead>
            <tr className={classes.head} aria-rowindex={1}>
              <th scope="col">
                <Checkbox
                  size="xs"
                  aria-label="Select all"
                  checked={allSelected}
                  indeterminate={selected.size > 0 && !allSelected}
                  onChange={() => selection.set(new Set(allSelected ? [] : tasks.map(({ id }) => id)))}
                />
              </th>
              {LIST_COLUMNS.map((column) => (
                <Head key={column} column={column} sorting={sorting} onSort={setSorting} />
              ))}
            </tr>
          </thead>
          <tbody className={classes.body} style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ key, index, start }) => {
              const task = tasks[index];
              if (!task) return null;
              const took = elapsed(task, now);
              const color = COLUMN_COLORS[columnOf(task)];
              return (
                <tr
                  key={key}
                  aria-rowindex={index + 2}
                  className={classes.line}
                  data-selected={selected.has(task.id) || undefined}
                  data-open={openId === task.id || undefined}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <td>
                    <Checkbox
                      size="xs"
                      aria-label={`Select ${task.title}`}
                      checked={selected.has(task.id)}
                      onChange={() => toggleSelected(task.id)}
                    />
                  </td>
                  <td className={classes.titleButton}>
                    <UnstyledButton data-task={task.id} w="100%" onClick={() => openTask(task.id)}>
                      <Text size="sm" truncate="end">
                        {task.title}
                      </Text>
                    </UnstyledButton>
                  </td>
                  <Cell color={color === 'gray' ? undefined : `var(--drover-${color})`} title={statusWords(task)}>
                    {columnOf(task)} · {statusWords(task)}
                  </Cell>
                  <Cell>{names.get(task.projectId) ?? ''}</Cell>
                  <Cell>{task.agent.agent}</Cell>
                  <Cell>{task.items.total > 0 ? `${task.items.completed}/${task.items.total}` : ''}</Cell>
                  <Cell>{took === null ? '' : duration(took)}</Cell>
                  <Cell>{cost(task.costUsd)}</Cell>
                  <Cell>{ago(task.updatedAt, now)}</Cell>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Cell({ children, color, title }: { children: React.ReactNode; color?: string; title?: string }) {
  return (
    <Text component="td" size="xs" c={color ?? 'dimmed'} truncate="end" title={title}>
      {children}
    </Text>
  );
}

interface HeadProps {
  column: ListColumn;
  sorting: Sorting;
  onSort(sorting: Sorting): void;
}

function Head({ column, sorting, onSort }: HeadProps) {
  const active = sorting.by === column;
  const Icon = sorting.descending ? ChevronDown : ChevronUp;
  return (
    <th scope="col" aria-sort={active ? (sorting.descending ? 'descending' : 'ascending') : 'none'}>
      <UnstyledButton onClick={() => onSort({ by: column, descending: active ? !sorting.descending : false })}>
        <Group gap="0.25rem" wrap="nowrap">
          <Text size="xs" fw={600} c={active ? undefined : 'dimmed'}>
            {HEADS[column]}
          </Text>
          {active && <Icon size="1em" aria-hidden />}
        </Group>
      </UnstyledButton>
    </th>
  );
}
