import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { Client } from '../../../contract/client.ts';
import type { TaskStatus } from '../../../contract/task/state.ts';
import { act, actOnce } from '../../state/act.ts';
import { clearSelection, goHome, openNewTask, route } from '../../ui/window-state.ts';
import { draftOfTask } from '../new-task/draft.logic.ts';
import { storeDraft } from '../new-task/draft-store.ts';
import { deleteTask } from '../task/delete-task.ts';
import type { TaskAction } from './task-actions.logic.ts';

interface Target {
  id: string;
  title: string;
  status: TaskStatus;
}

/** Carries out one action on one task; what must be confirmed asks first. */
export async function carryOut(client: Client, action: TaskAction, task: Target): Promise<void> {
  const { id: taskId } = task;
  if (action === 'delete') return confirmDelete(client, [task]);
  if (action === 'duplicate') return duplicate(client, taskId);
  await act((id) => client.tasks[action]({ taskId, ...id }));
}

/** The same for many: those that cannot be started, stopped or deleted in their status are left out. */
export async function carryOutAll(
  client: Client,
  action: 'start' | 'stop' | 'delete',
  tasks: readonly Target[],
): Promise<void> {
  if (action === 'delete') return confirmDelete(client, tasks);
  await Promise.all(tasks.map(({ id: taskId }) => act((id) => client.tasks[action]({ taskId, ...id }))));
  clearSelection();
}

function confirmDelete(client: Client, tasks: readonly Target[]): void {
  const [first] = tasks;
  if (!first) return;
  const many = tasks.length > 1;
  modals.openConfirmModal({
    title: many ? `Delete ${tasks.length} tasks?` : 'Delete this task?',
    children: (
      <Text size="sm">
        {many ? 'The tasks and their logs are' : `“${first.title}” and its log are`} deleted for good. Workspaces and
        branches stay as they are.
      </Text>
    ),
    labels: { confirm: 'Delete', cancel: 'Keep' },
    confirmProps: { color: 'red' },
    closeButtonProps: { 'aria-label': 'Close' },
    onConfirm: async () => {
      const open = route.get().taskId;
      if (tasks.some(({ id }) => id === open)) goHome();
      await Promise.all(tasks.map(({ id: taskId }) => deleteTask(client, taskId, true, false)));
      clearSelection();
    },
  });
}

async function duplicate(client: Client, taskId: string): Promise<void> {
  const found = await actOnce(() => client.tasks.get({ taskId }));
  if (found === null) return;
  storeDraft(draftOfTask(found.task));
  openNewTask();
}
