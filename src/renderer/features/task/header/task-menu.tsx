import { ActionIcon, Menu } from '@mantine/core';
import { Ellipsis } from 'lucide-react';
import type { Task } from '../../../../contract/task/state.ts';
import { useStore } from '../../../state/hooks.ts';
import { choose } from '../../board/choose.ts';
import { menuTaskOf } from '../../board/menu-task.ts';
import type { TaskAction } from '../../board/task-actions.logic.ts';
import { TaskMenuItems } from '../../board/task-menu-items.tsx';
import { labels } from '../labels.ts';

/** What else can be done with the task, as in the menu of its card. */
export function TaskMenu({ task, onAction }: { task: Task; onAction(action: TaskAction): void }) {
  const store = useStore();
  return (
    <Menu position="bottom-end" withinPortal returnFocus>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={labels.header.more}>
          <Ellipsis size="1.1em" aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <TaskMenuItems
          task={menuTaskOf(task)}
          isOpen
          onChoose={(action) => {
            // It knows the workspace, and asks about it too.
            if (action === 'delete') onAction('delete');
            else void choose(store, action, menuTaskOf(task));
          }}
        />
      </Menu.Dropdown>
    </Menu>
  );
}
