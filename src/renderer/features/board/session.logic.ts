import type { Agent } from '../../../contract/agent/state.ts';
import { isTheirs } from '../../../contract/task/derive.ts';
import type { Task, TaskSummary } from '../../../contract/task/state.ts';

/** What a person can do about the session of a task: step in, open it when the task does not run, or give it back. */
export type SessionAct = 'takeOver' | 'openSession' | 'giveBack';

/** What that follows from, of a task or of its row in a list. */
export type SessionTask = Pick<TaskSummary, 'id' | 'status' | 'phase' | 'agent' | 'runCount'> &
  (Pick<TaskSummary, 'session'> | Pick<Task, 'run' | 'nextHolder'>);

/** Null where the agent has no session that a terminal can open, or there is none yet. */
export function sessionAct(task: SessionTask, agents: readonly Agent[] | null): SessionAct | null {
  const { capabilities } = agents?.find(({ name }) => name === task.agent.agent) ?? {};
  if (!capabilities?.resume || !capabilities.terminal || task.phase === 'stopping') return null;
  if ('run' in task ? isTheirs(task) : task.session === 'person') return 'giveBack';
  if (task.status === 'running') return 'takeOver';
  return task.status !== 'queued' && task.runCount > 0 ? 'openSession' : null;
}
