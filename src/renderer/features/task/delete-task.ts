import type { Client } from '../../../contract/client.ts';
import { act, actOnce } from '../../state/act.ts';

/** Whether it is deleted; a refusal was shown. Without `keep` the workspaces go first, and nothing goes when one stays. */
export async function deleteTask(client: Client, taskId: string, keep: boolean, discard: boolean): Promise<boolean> {
  if (!keep) {
    const workspaces = await actOnce(() => client.workspaces.list({ taskId }));
    if (workspaces === null) return false;
    for (const { id: workspaceId, state } of workspaces) {
      if (state === 'removed') continue;
      if ((await actOnce(() => client.workspaces.remove({ workspaceId, discard }))) === null) return false;
    }
  }
  return (await act((id) => client.tasks.remove({ taskId, keepWorkspace: keep, ...id }))) !== null;
}
