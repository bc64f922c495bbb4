import { useMemo, useRef, useState } from 'react';
import { COLUMNS, type Column } from '../../../contract/task/derive.ts';
import { useNow, useProjects, useSession, useTasks, useValue } from '../../state/hooks.ts';
import { filter, route, selected as selection, toggleSelected } from '../../ui/window-state.ts';
import classes from './board.module.css';
import { BoardColumn, type ColumnHandle } from './board-column.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { type Direction, neighbour, toColumns } from './columns.logic.ts';
import { NoTasks } from './no-tasks.tsx';
import { mainAction } from './task-actions.logic.ts';
import { carryOut } from './task-actions.tsx';

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

export function BoardView() {
  const { client } = useSession();
  const tasks = useTasks(useValue(filter));
  const projects = useProjects();
  const selected = useValue(selection);
  const { taskId: openId } = useValue(route);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const columnRefs = useRef(new Map<Column, ColumnHandle>());
  const columns = useMemo(() => toColumns(tasks), [tasks]);
  const projectNames = useMemo(() => new Map(projects?.map(({ id, name }) => [id, name])), [projects]);
  const live = columns.Running.length + columns['Needs you'].length > 0;
  const now = useNow(true, live ? 1000 : 60_000);
  const first = COLUMNS.map((name) => columns[name][0]?.id).find(Boolean) ?? null;
  const tabbableId = focusedId !== null && tasks.some(({ id }) => id === focusedId) ? focusedId : first;

  function focus(taskId: string): void {
    setFocusedId(taskId);
    const name = COLUMNS.find((column) => columns[column].some(({ id }) => id === taskId));
    if (!name) return;
    columnRefs.current.get(name)?.show(columns[name].findIndex(({ id }) => id === taskId));
    // A card far away is only made once its place is in sight.
    requestAnimationFrame(() => requestAnimationFrame(() => focusCard(taskId)));
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    const taskId = (event.target as HTMLElement).dataset.task;
    const task = taskId === undefined ? undefined : tasks.find(({ id }) => id === taskId);
    if (!task || event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = ARROWS[event.key];
    if (direction) {
      const next = neighbour(columns, task.id, direction);
      if (next) focus(next);
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
  return (
    <>
      <BulkBar tasks={tasks} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the cards inside, which are buttons. */}
      <div
        className={classes.board}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          const taskId = (event.target as HTMLElement).dataset.task;
          if (taskId) setFocusedId(taskId);
        }}
      >
        {COLUMNS.map((name) => (
          <BoardColumn
            key={name}
            ref={(handle) => {
              if (handle) columnRefs.current.set(name, handle);
              else columnRefs.current.delete(name);
            }}
            name={name}
            tasks={columns[name]}
            projectNames={projectNames}
            now={now}
            selected={selected}
            openId={openId}
            tabbableId={tabbableId}
          />
        ))}
      </div>
    </>
  );
}

function focusCard(taskId: string): void {
  document.querySelector<HTMLElement>(`[data-task="${taskId}"]`)?.focus();
}
