import type { Client } from '../../../contract/client.ts';
import { openTemplate } from '../../app/window-state.ts';
import { act } from '../../state/act.ts';
import { askToDelete, deleteTasks, type Target } from './bulk.tsx';
import type { TaskAction } from './task-actions.logic.ts';

/** Carries out one action on one task; what must be confirmed asks first. */
export async function carryOut(client: Client, action: TaskAction, task: Target): Promise<void> {
  const { id: taskId } = task;
  if (action === 'delete') return askToDelete([task], () => void deleteTasks({ client }, [task]));
  if (action === 'duplicate') return openTemplate(taskId);
  await act((id) => client.tasks[action]({ taskId, ...id }));
}
