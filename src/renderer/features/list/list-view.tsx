import { Checkbox } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Column } from '../../../contract/task/derive.ts';
import { filter, route, selected as selection } from '../../app/window-state.ts';
import { useAgentTitle, useProjects, useStore, useTasks, useValue } from '../../state/hooks.ts';
import { readStored, writeStored } from '../../ui/stored.ts';
import { sizes, useSizes } from '../../ui/theme.ts';
import { BulkBar } from '../board/bulk-bar.tsx';
import { FilterBar } from '../board/filter-bar.tsx';
import { NoTasks } from '../board/no-tasks.tsx';
import { useTaskGrid } from '../board/use-task-grid.ts';
import { readFolded, toggled } from '../task-list/rows.logic.ts';
import { ColumnsMenu } from './columns-menu.tsx';
import { GroupRow } from './group-row.tsx';
import { rowsOf } from './groups.logic.ts';
import { labels } from './labels.ts';
import classes from './list.module.css';
import {
  NARROW,
  NUMBERS,
  nextSorting,
  readColumns,
  readSorting,
  toggleColumn,
  writeSorting,
} from './list-columns.logic.ts';
import { ListRow } from './list-row.tsx';
import { type ListColumn, type Sorting, sortTasks } from './sort.logic.ts';

/** So many rows beyond what is seen. */
const OVERSCAN = 4;

/** How far a key goes; a page is a handful of rows, as long as the window is not known. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 15,
  PageUp: -15,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** All tasks as rows below their state, sorted by any column; those that are archived too, when they are asked for. */
export function ListView() {
  // Where rows have another size everything is somewhere else.
  const { row } = useSizes();
  return <TaskRows key={row} />;
}

function TaskRows() {
  const { tasks: state } = useStore();
  const current = useValue(filter);
  const found = useTasks(current);
  const projects = useProjects();
  const { taskId: openId } = useValue(route);
  const [sorting, setSorting] = useState(() => readSorting(readStored('list.sorting')));
  const [chosen, setChosen] = useState(() => readColumns(readStored('list.columns')));
  const narrow = useMediaQuery(`(max-width: ${sizes.narrow - 1}px)`, false, { getInitialValueInEffect: false });
  const columns = narrow ? NARROW : chosen;
  const scroller = useRef<HTMLDivElement>(null);
  const titleOf = useAgentTitle();
  const names = useMemo(() => new Map(projects?.map(({ id, name }) => [id, name])), [projects]);
  const all = useMemo(() => sortTasks(found, sorting, (id) => names.get(id) ?? ''), [found, sorting, names]);
  const [isGrouped, setGrouped] = useState(() => readStored('list.groups') !== 'off');
  const [folded, setFolded] = useState(() => readFolded(readStored('list.folded') ?? ''));
  const rows = useMemo(() => rowsOf(all, sorting, isGrouped ? folded : 'ungrouped'), [all, sorting, isGrouped, folded]);
  // Those that are folded are not there for keys.
  const tasks = useMemo(() => rows.flatMap((row) => (row.kind === 'task' ? [row.task] : [])), [rows]);
  const toggleGroup = useCallback(
    (column: Column) => {
      const next = toggled(folded, column);
      setFolded(next);
      writeStored('list.folded', [...next].join(' '));
    },
    [folded],
  );
  useEffect(() => {
    if (current.archived) void state.loadArchived();
  }, [current.archived, state]);
  // The rows that a person sees first are all that is drawn at first, and at once: about how high this is is known.
  const [initialRect] = useState(() => ({ width: 0, height: document.documentElement.clientHeight }));
  const isDrawn = useRef(false);
  useEffect(() => {
    isDrawn.current = true;
  }, []);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => sizes.row,
    initialRect,
    // A new function would make it reckon with every task again.
    getItemKey: useCallback(
      (index: number) => {
        const row = rows[index];
        return row?.kind === 'task' ? row.task.id : (row?.column ?? index);
      },
      [rows],
    ),
    overscan: isDrawn.current ? OVERSCAN : 0,
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
    show: (taskId) => virtual.scrollToIndex(rows.findIndex((row) => row.kind === 'task' && row.task.id === taskId)),
  });
  const { selected } = grid;

  if (all.length === 0) {
    return (
      <>
        <FilterBar shown={0} />
        <NoTasks />
      </>
    );
  }
  const allSelected = all.every(({ id }) => selected.has(id));
  const sortBy = (column: ListColumn) => {
    const next = nextSorting(sorting, column);
    setSorting(next);
    writeStored('list.sorting', writeSorting(next));
  };
  return (
    <>
      <FilterBar shown={all.length} />
      <BulkBar tasks={all} />
      <div ref={scroller} className={classes.scroller}>
        <table
          className={classes.grid}
          style={{ '--list-grid': columns.map((column) => `var(--list-${column})`).join(' ') } as React.CSSProperties}
          aria-label={current.archived ? labels.archived : labels.tasks}
          aria-rowcount={rows.length + 1}
          {...grid.handlers}
        >
          <thead>
            <tr className={classes.head} aria-rowindex={1}>
              <th scope="col">
                <Checkbox
                  size="xs"
                  aria-label={labels.selectAll}
                  checked={allSelected}
                  indeterminate={selected.size > 0 && !allSelected}
                  onChange={() => selection.set(new Set(allSelected ? [] : all.map(({ id }) => id)))}
                />
              </th>
              {columns.map((column) => (
                <Head key={column} column={column} sorting={sorting} onSort={sortBy} />
              ))}
              {!narrow && (
                <td className={classes.choose}>
                  <ColumnsMenu
                    columns={chosen}
                    isGrouped={isGrouped}
                    onGroup={(next) => {
                      setGrouped(next);
                      writeStored('list.groups', next ? 'on' : 'off');
                    }}
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
              const row = rows[index];
              if (!row) return null;
              if (row.kind === 'group') {
                const { column, count, isOpen } = row;
                const place = { rowIndex: index + 2, start, width: columns.length + 2 };
                return <GroupRow key={key} {...{ column, count, isOpen, ...place }} onToggle={toggleGroup} />;
              }
              const { task } = row;
              return (
                <ListRow
                  key={key}
                  task={task}
                  columns={columns}
                  projectName={names.get(task.projectId) ?? ''}
                  agentTitle={titleOf(task.agent.agent)}
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
      {grid.menu}
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
    <th
      scope="col"
      data-number={NUMBERS.includes(column) || undefined}
      aria-sort={active ? (sorting.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        className={classes.headButton}
        data-active={active || undefined}
        onClick={() => onSort(column)}
      >
        {labels.heads[column]}
        {active && <Icon size="1em" aria-hidden />}
      </button>
    </th>
  );
}
