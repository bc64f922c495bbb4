import { openDraft, openTask } from '../../app/window-state.ts';
import { act, actOnce } from '../../state/act.ts';
import { openFolder } from '../../state/open-folder.ts';
import type { Store } from '../../state/store.ts';
import { copyText } from '../../ui/copy.ts';
import { notifyDone } from '../../ui/notify.ts';
import { askLand, askUndoLanding } from '../land/ask-land.tsx';
import { askSchedule } from '../schedule/ask-schedule.tsx';
import { acceptTasks, archiveTasks } from './bulk.tsx';
import { askTitle } from './rename.tsx';
import { handOver } from './session-acts.ts';
import { carryOut } from './task-actions.tsx';
import type { MenuAction, MenuTask } from './task-menu.logic.ts';

type Api = Pick<Store, 'client' | 'tasks'>;

/** Does what was chosen in the menu of a task; what must be confirmed asks first. */
export async function choose(api: Api, action: MenuAction, task: MenuTask): Promise<void> {
  switch (action) {
    case 'open':
      return openTask(task.id);
    case 'edit':
      return openDraft(task.id);
    case 'schedule':
      return askSchedule(task);
    case 'land':
      return askLand(task);
    case 'undoLanding':
      return askUndoLanding(task);
    case 'startNow':
      return startNow(api, task.id);
    case 'done':
    case 'undone':
      return acceptTasks(api, [task], action === 'done');
    case 'archive':
    case 'restore':
      return archiveTasks(api, [task], action === 'archive');
    case 'copyBranch':
      return copyText(task.branch ?? '');
    case 'takeOver':
    case 'openSession':
    case 'openAgain':
    case 'giveBack':
      return handOver(api.client, action, task);
    case 'rename':
      return askTitle(api.client, task);
    case 'editor':
      return openInEditor(api, task.id);
    default:
      return carryOut(api.client, action, task);
  }
}

/** Starts a task without the time and the tasks that it waits for. */
export async function startNow({ client }: Pick<Store, 'client'>, taskId: string): Promise<void> {
  await act((id) => client.tasks.schedule({ taskId, change: { startAt: null, after: null }, ...id }));
}

async function openInEditor({ client }: Api, taskId: string): Promise<void> {
  const found = await act(() => client.tasks.get({ taskId }));
  const workspaceId = found?.task.workspace?.id;
  if (workspaceId === undefined) return;
  const opened = await actOnce(() => openFolder(client, { what: 'workspace', workspaceId, in: 'editor' }));
  if (opened) notifyDone(opened.words);
}
