import type { Client } from '../../../../contract/client.ts';
import type { Task } from '../../../../contract/task/state.ts';
import { openTask } from '../../../app/window-state.ts';
import { act, actOnce } from '../../../state/act.ts';
import { notifyDone } from '../../../ui/notify.ts';
import { notifyUndo } from '../../../ui/notify-undo.tsx';
import { visibleLine } from '../../../ui/text.logic.ts';
import { specOf } from './delete.logic.ts';

/**
 * Whether it is deleted; a refusal was shown. Without `keep` the workspaces go first, what is not merged is kept on
 * their branches, and nothing else goes when one cannot.
 */
export async function deleteTask(client: Client, taskId: string, keep: boolean): Promise<boolean> {
  if (!keep) {
    const workspaces = await actOnce(() => client.workspaces.list({ taskId }));
    if (workspaces === null) return false;
    for (const { id: workspaceId, state } of workspaces) {
      if (state === 'removed') continue;
      const removed = await actOnce(() => client.workspaces.remove({ workspaceId, discard: true }));
      if (removed === null) return false;
      if (removed.kept) notifyDone(`The work is kept: ${visibleLine(removed.kept, 300)}`);
    }
  }
  return (await act((id) => client.tasks.remove({ taskId, keepWorkspace: keep, ...id }))) !== null;
}

/** Deletes a draft at once, and offers to make it once more. */
export async function deleteDraft(client: Client, task: Task): Promise<boolean> {
  const done = await act((id) => client.tasks.remove({ taskId: task.id, ...id }));
  if (done === null) return false;
  notifyUndo(`“${visibleLine(task.title, 80)}” is deleted.`, async () => {
    const made = await act((id) => client.tasks.create({ ...specOf(task), ...id }));
    if (made) openTask(made.id);
  });
  return true;
}
