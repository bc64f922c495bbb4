import { ActionIcon, Checkbox, Menu } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, ChevronUp, Columns3Cog } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useProjects, useSession, useTasks, useValue } from '../../state/hooks.ts';
import { readStored, writeStored } from '../../ui/stored.ts';
import { sizes, useSizes } from '../../ui/theme.ts';
import { filter, route, selected as selection } from '../../ui/window-state.ts';
import { BulkBar } from '../board/bulk-bar.tsx';
import { FilterBar } from '../board/filter-bar.tsx';
import { NoTasks } from '../board/no-tasks.tsx';
import { useTaskGrid } from '../board/use-task-grid.ts';
import classes from './list.module.css';
import {
  HEADS,
  NARROW,
  nextSorting,
  readColumns,
  readSorting,
  toggleColumn,
  writeSorting,
} from './list-columns.logic.ts';
import { ListRow } from './list-row.tsx';
import { LIST_COLUMNS, type ListColumn, type Sorting, sortTasks } from './sort.logic.ts';

/** How far a key goes; a page is a handful of rows, as long as the window is not known. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 15,
  PageUp: -15,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** All tasks as rows that can be sorted by every column; those that are archived too, when they are asked for. */
export function ListView() {
  // Where rows have another size everything is somewhere else.
  const { row } = useSizes();
  return <TaskRows key={row} />;
}

function TaskRows() {
  const { tasks: state } = useSession();
  const current = useValue(filter);
  const found = useTasks(current);
  const projects = useProjects();
  const { taskId: openId } = useValue(route);
  const [sorting, setSorting] = useState(() => readSorting(readStored('list.sorting')));
  const [chosen, setChosen] = useState(() => readColumns(readStored('list.columns')));
  const narrow = useMediaQuery(`(max-width: ${sizes.narrow - 1}px)`, false, { getInitialValueInEffect: false });
  const columns = narrow ? NARROW : chosen;
  const scroller = useRef<HTMLDivElement>(null);
  const names = useMemo(() => new Map(projects?.map(({ id, name }) => [id, name])), [projects]);
  const tasks = useMemo(() => sortTasks(found, sorting, (id) => names.get(id) ?? ''), [found, sorting, names]);
  useEffect(() => {
    if (current.archived) void state.loadArchived();
  }, [current.archived, state]);
  const virtual = useVirtualizer({
    count: tasks.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => sizes.row,
    // A new function would make it reckon with every task again.
    getItemKey: useCallback((index: number) => tasks[index]?.id ?? index, [tasks]),
    overscan: 4,
  });
  const grid = useTaskGrid({
    tasks,
    next(taskId, key) {
      const step = STEPS[key];
      if (step === undefined) return undefined;
      const at = tasks.findIndex(({ id }) => id === taskId);
      const to = Math.max(0, Math.min(tasks.length - 1, at + step));
      return to === at ? null : (tasks[to]?.id ?? null);
    },
    show: (taskId) => virtual.scrollToIndex(tasks.findIndex(({ id }) => id === taskId)),
  });
  const { selected } = grid;

  if (tasks.length === 0) {
    return (
      <>
        <FilterBar shown={0} />
        <NoTasks />
      </>
    );
  }
  const allSelected = tasks.every(({ id }) => selected.has(id));
  const sortBy = (column: ListColumn) => {
    const next = nextSorting(sorting, column);
    setSorting(next);
    writeStored('list.sorting', writeSorting(next));
  };
  return (
    <>
      <FilterBar shown={tasks.length} />
      <BulkBar tasks={tasks} />
      <div ref={scroller} className={classes.scroller}>
        <table
          className={classes.grid}
          style={{ '--list-grid': columns.map((column) => `var(--list-${column})`).join(' ') } as React.CSSProperties}
          aria-label={current.archived ? 'Archived tasks' : 'Tasks'}
          aria-rowcount={tasks.length + 1}
          {...grid.handlers}
        >
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
              {columns.map((column) => (
                <Head key={column} column={column} sorting={sorting} onSort={sortBy} />
              ))}
              {!narrow && (
                <td className={classes.choose}>
                  <ColumnsMenu
                    columns={chosen}
                    onToggle={(column) => {
                      const next = toggleColumn(chosen, column);
                      setChosen(next);
                      writeStored('list.columns', next.join(' '));
                    }}
                  />
                </td>
              )}
            </tr>
          </thead>
          <tbody className={classes.body} style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ key, index, start }) => {
              const task = tasks[index];
              if (!task) return null;
              return (
                <ListRow
                  key={key}
                  task={task}
                  columns={columns}
                  projectName={names.get(task.projectId) ?? ''}
                  rowIndex={index + 2}
                  start={start}
                  selected={selected.has(task.id)}
                  open={openId === task.id}
                  tabbable={grid.tabbableId === task.id}
                />
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}

interface HeadProps {
  column: ListColumn;
  sorting: Sorting;
  onSort(column: ListColumn): void;
}

function Head({ column, sorting, onSort }: HeadProps) {
  const active = sorting.by === column;
  const Icon = sorting.descending ? ChevronDown : ChevronUp;
  return (
    <th scope="col" aria-sort={active ? (sorting.descending ? 'descending' : 'ascending') : 'none'}>
      <button
        type="button"
        className={classes.headButton}
        data-active={active || undefined}
        onClick={() => onSort(column)}
      >
        {HEADS[column]}
        {active && <Icon size="1em" aria-hidden />}
      </button>
    </th>
  );
}

interface ColumnsMenuProps {
  columns: readonly ListColumn[];
  onToggle(column: ListColumn): void;
}

function ColumnsMenu({ columns, onToggle }: ColumnsMenuProps) {
  return (
    <Menu closeOnItemClick={false} position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label="Choose columns" title="Choose columns">
          <Columns3Cog size="1.1em" aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {LIST_COLUMNS.filter((column) => column !== 'title').map((column) => (
          <Menu.Item
            key={column}
            role="menuitemcheckbox"
            aria-checked={columns.includes(column)}
            leftSection={<Checkbox.Indicator size="xs" checked={columns.includes(column)} aria-hidden />}
            onClick={() => onToggle(column)}
          >
            {HEADS[column]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
