import { useHotkeys } from '@mantine/hooks';
import type { RefObject } from 'react';
import { clearSelection, filter, go, goHome, helpOpen, openNewTask, route, selected } from '../../ui/window-state.ts';

/** The keys that work everywhere in the window; inside fields only those with Ctrl or Cmd do. */
export const KEYS: readonly { keys: string; does: string }[] = [
  { keys: 'N', does: 'New task' },
  { keys: '/', does: 'Search tasks' },
  { keys: 'Ctrl K', does: 'All actions and tasks' },
  { keys: '← ↑ ↓ →', does: 'Move between tasks' },
  { keys: 'Enter', does: 'Open the task' },
  { keys: 'Space', does: 'Select the task, for acting on several' },
  { keys: 'S', does: 'Start, resume or stop the task' },
  { keys: 'Delete', does: 'Delete the task' },
  { keys: 'R', does: 'Run the open task again' },
  { keys: 'D', does: 'Duplicate the open task' },
  { keys: 'W', does: 'Open task over the whole width, or beside the board' },
  { keys: 'Ctrl F', does: 'Find in the open conversation' },
  { keys: 'Ctrl Enter', does: 'Send the message' },
  { keys: 'B', does: 'Board' },
  { keys: 'L', does: 'List' },
  { keys: ',', does: 'Settings' },
  { keys: 'Escape', does: 'Close what is open, drop the selection' },
  { keys: '?', does: 'These keys' },
];

export function useShellKeys(searchRef: RefObject<HTMLInputElement | null>): void {
  useHotkeys([
    ['n', () => openNewTask()],
    ['/', () => searchRef.current?.focus()],
    ['b', () => go({ place: 'board' })],
    ['l', () => go({ place: 'list' })],
    [',', () => go({ place: 'settings' })],
    ['shift+?', () => helpOpen.set(true)],
    ['Escape', leave],
  ]);
  useHotkeys(
    [
      [
        'Escape',
        () => {
          if (document.activeElement !== searchRef.current) return;
          filter.set({ ...filter.get(), text: '' });
          searchRef.current?.blur();
        },
      ],
    ],
    [],
  );
}

function leave(): void {
  if (document.querySelector('[role="dialog"]')) return;
  if (selected.get().size > 0) clearSelection();
  else if (route.get().taskId || route.get().place === 'settings') goHome();
}
