import { Menu } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { useStore } from '../../state/hooks.ts';
import { choose } from './choose.ts';
import { TaskMenuItems } from './task-menu-items.tsx';

interface Shown {
  readonly taskId: string;
  readonly x: number;
  readonly y: number;
}

export interface ContextMenu {
  /** For the element around everything that has a `data-task`. */
  readonly handlers: {
    onContextMenu(event: React.MouseEvent): void;
    /** For the key that stands for the right button, where the browser gives no event of its own for it. */
    onMenuKey(event: React.KeyboardEvent): boolean;
  };
  readonly menu: ReactNode;
}

/** A menu of what can be done with a task, at the pointer or below what has the focus. */
export function useContextMenu(tasks: readonly TaskSummary[]): ContextMenu {
  const store = useStore();
  const [shown, setShown] = useState<Shown | null>(null);
  const task = tasks.find(({ id }) => id === shown?.taskId);

  function show(target: EventTarget, at: { x: number; y: number } | null): boolean {
    const within = target instanceof Element ? target : null;
    const element =
      within?.closest<HTMLElement>('[data-task]') ??
      within?.closest('[data-task-box]')?.querySelector<HTMLElement>('[data-task]');
    const taskId = element?.dataset.task;
    if (!element || taskId === undefined) return false;
    const { left, top, height } = element.getBoundingClientRect();
    setShown({ taskId, ...(at ?? { x: left + 24, y: top + height / 2 }) });
    return true;
  }
  function close(): void {
    setShown(null);
    if (shown) document.querySelector<HTMLElement>(`[data-task="${shown.taskId}"]`)?.focus();
  }

  return {
    handlers: {
      onContextMenu(event) {
        // The key gives an event without a place of its own.
        const at = event.detail === 0 && event.button !== 2 ? null : { x: event.clientX, y: event.clientY };
        if (show(event.target, at)) event.preventDefault();
      },
      onMenuKey(event) {
        if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return false;
        return show(event.target, null);
      },
    },
    menu: shown && task && (
      <Menu
        key={`${shown.taskId} ${shown.x} ${shown.y}`}
        opened
        onClose={close}
        position="bottom-start"
        offset={2}
        // Not at a key: the one that opens it would close it again.
        clickOutsideEvents={['mousedown', 'touchstart']}
        withinPortal
      >
        <Menu.Target>
          <span style={{ position: 'fixed', left: shown.x, top: shown.y }} />
        </Menu.Target>
        <Menu.Dropdown aria-label={task.title}>
          <TaskMenuItems task={task} onChoose={(action) => void choose(store, action, task)} />
        </Menu.Dropdown>
      </Menu>
    ),
  };
}
