import type { CallInput } from '../../../contract/api.ts';
import type { Client } from '../../../contract/client.ts';
import { openTask } from '../../app/window-state.ts';
import { act } from '../../state/act.ts';
import { askGoal } from '../session/ask-goal.tsx';
import { lacksGoal, type SessionAct, type SessionTask } from './session.logic.ts';

/** Takes the session of a task over, opens it again, or gives it back; one without a goal is asked for it first. */
export async function handOver(client: Client, what: SessionAct, task: SessionTask): Promise<void> {
  const { id: taskId } = task;
  if (what !== 'giveBack') await act((id) => client.sessions.takeOver({ taskId, ...id }));
  else if (lacksGoal(task)) askGoal(taskId);
  else await act((id) => client.sessions.giveBack({ taskId, ...id }));
}

/** Opens a session that is its person’s from the start, and shows it. Returns whether it was. */
export async function openSession(
  client: Client,
  spec: Omit<CallInput<'sessions', 'open'>, 'commandId'>,
): Promise<boolean> {
  const task = await act((id) => client.sessions.open({ ...spec, ...id }));
  if (task !== null) openTask(task.id);
  return task !== null;
}
