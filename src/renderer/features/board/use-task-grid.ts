import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { lastTaskId, openTask, selected as selection, toggleSelected } from '../../app/window-state.ts';
import { useStore, useValue } from '../../state/hooks.ts';
import { fitting } from './bulk.logic.ts';
import { carryOutAll } from './bulk.tsx';
import { rangeOf } from './selection.logic.ts';
import { mainAction } from './task-actions.logic.ts';
import { carryOut } from './task-actions.tsx';
import { useTaskKeys } from './task-keys.ts';
import { useContextMenu } from './use-context-menu.tsx';

export interface TaskGridOptions {
  /** In the order in which they are shown. */
  tasks: readonly TaskSummary[];
  /** The task that a key such as `ArrowDown` goes to; null where there is none, undefined for a key that moves nothing. */
  next(taskId: string, key: string): string | null | undefined;
  /** Scrolls a task into sight, so that its element is there two frames later. */
  show(taskId: string): void;
}

export interface TaskGrid {
  selected: ReadonlySet<string>;
  /** The one task that Tab reaches. */
  tabbableId: string | null;
  focus(taskId: string): void;
  /** For the element around everything that has a `data-task`. */
  handlers: {
    onKeyDown(event: React.KeyboardEvent): void;
    onFocus(event: React.FocusEvent): void;
    onClick(event: React.MouseEvent): void;
    onContextMenu(event: React.MouseEvent): void;
  };
  /** The menu of a task while it is shown; to be put anywhere. */
  menu: ReactNode;
}

/**
 * What the board and the list have in common: which task has the focus, which are selected, and what clicks and keys do
 * with them. A click opens; with Ctrl or Cmd it selects, with Shift from the last one on. Keys that act do so with all
 * that are selected when the task with the focus is one of them.
 */
export function useTaskGrid({ tasks, next, show }: TaskGridOptions): TaskGrid {
  const store = useStore();
  const context = useContextMenu(tasks);
  const selected = useValue(selection);
  const [focusedId, setFocusedId] = useState(() => lastTaskId.get());
  const anchor = useRef<string | null>(null);
  const isShown = (taskId: string | null) => taskId !== null && tasks.some(({ id }) => id === taskId);
  const tabbableId = isShown(focusedId) ? focusedId : (tasks[0]?.id ?? null);
  const chosen = (task: TaskSummary) =>
    selected.size > 1 && selected.has(task.id) ? tasks.filter(({ id }) => selected.has(id)) : null;

  useTaskKeys(
    (target) => tasks.find(({ id }) => id === target.dataset.task) ?? null,
    (action, task) => {
      const many = chosen(task);
      if (many && (action === 'start' || action === 'stop' || action === 'delete')) {
        void carryOutAll(store, action, fitting(action, many));
      } else if (many && action === mainAction(task)) {
        for (const one of many) if (mainAction(one) === action) void carryOut(store.client, action, one);
      } else void carryOut(store.client, action, task);
    },
    (task) => chosen(task) ?? [task],
  );

  function focus(taskId: string): void {
    setFocusedId(taskId);
    show(taskId);
    // One far away is only made once its place is in sight.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-task="${taskId}"]`)?.focus()),
    );
  }

  // What a key moves to another column takes the focus along; what it takes away leaves it to its neighbour.
  const before = useRef(tasks);
  const hadFocus = document.activeElement?.closest<HTMLElement>('[data-task-box] [data-task]')?.dataset.task;
  useLayoutEffect(() => {
    const at = before.current.findIndex(({ id }) => id === hadFocus);
    before.current = tasks;
    if (hadFocus === undefined || at < 0 || document.activeElement !== document.body) return;
    const to = isShown(hadFocus) ? hadFocus : tasks[Math.min(at, tasks.length - 1)]?.id;
    const element = document.querySelector<HTMLElement>(`[data-task="${to}"]`);
    if (element) element.focus();
    else if (to !== undefined) focus(to);
  });

  // With nothing in focus, an arrow begins at the task that Tab would reach.
  const begin = useRef((_key: string): boolean => false);
  begin.current = (key) => {
    if (tabbableId === null || next(tabbableId, key) === undefined) return false;
    focus(tabbableId);
    return true;
  };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.target !== document.body || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) {
        return;
      }
      if (document.querySelector('[role=dialog], [role=menu]') === null && begin.current(event.key))
        event.preventDefault();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);

  // Back from a task, one goes on where one was.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when it comes into sight.
  useEffect(() => {
    const last = lastTaskId.get();
    if (last !== null && isShown(last) && document.activeElement === document.body) focus(last);
  }, []);

  function extendTo(taskId: string, from: string): void {
    anchor.current ??= from;
    const order = tasks.map(({ id }) => id);
    selection.set(new Set(rangeOf(order, anchor.current, taskId)));
  }

  return {
    selected,
    tabbableId,
    focus,
    handlers: {
      onKeyDown(event) {
        const taskId = taskOf(event);
        if (taskId === null || event.altKey || event.defaultPrevented) return;
        if (context.handlers.onMenuKey(event)) {
          event.preventDefault();
          return;
        }
        if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a' && !event.shiftKey) {
          selection.set(new Set(tasks.map(({ id }) => id)));
        } else if (event.ctrlKey || event.metaKey) {
          return;
        } else if (event.key === ' ') {
          toggleSelected(taskId);
          anchor.current = taskId;
        } else {
          const to = next(taskId, event.key);
          if (to === undefined) return;
          if (to !== null) {
            if (event.shiftKey) extendTo(to, taskId);
            else anchor.current = null;
            focus(to);
          }
        }
        event.preventDefault();
        event.stopPropagation();
      },
      onFocus(event) {
        const taskId = taskOf(event);
        if (taskId !== null) setFocusedId(taskId);
      },
      onClick(event) {
        const taskId = taskOf(event);
        if (taskId === null) return;
        if (event.shiftKey) {
          extendTo(taskId, focusedId ?? taskId);
          return;
        }
        anchor.current = taskId;
        if (event.ctrlKey || event.metaKey) toggleSelected(taskId);
        else openTask(taskId);
      },
      onContextMenu: context.handlers.onContextMenu,
    },
    menu: context.menu,
  };
}

function taskOf(event: React.SyntheticEvent): string | null {
  const element = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-task]') : null;
  return element?.dataset.task ?? null;
}
