import type { Agent } from '../../../contract/agent/state.ts';
import { hasNoGoal, isClosed, isTheirs } from '../../../contract/task/derive.ts';
import type { Task, TaskSummary } from '../../../contract/task/state.ts';

/**
 * What a person can do about the session of a task: step in, open it when the task does not run, open it again when its
 * program has ended, or give it back.
 */
export type SessionAct = 'takeOver' | 'openSession' | 'openAgain' | 'giveBack';

/** What that follows from, of a task or of its row in a list. */
export type SessionTask = Pick<TaskSummary, 'id' | 'status' | 'phase' | 'phaseWords' | 'agent' | 'runCount'> &
  (Pick<TaskSummary, 'session' | 'noGoal'> | Pick<Task, 'run' | 'nextHolder' | 'goal'>);

/** Whether it is a session without a goal. */
export function lacksGoal(task: Pick<TaskSummary, 'noGoal'> | Pick<Task, 'goal'>): boolean {
  return 'goal' in task ? hasNoGoal(task) : task.noGoal === true;
}

/** Null where the agent has no session that a terminal can open, or there is none yet. */
export function sessionAct(task: SessionTask, agents: readonly Agent[] | null): SessionAct | null {
  const { capabilities } = agents?.find(({ name }) => name === task.agent.agent) ?? {};
  if (!capabilities?.resume || !capabilities.terminal || task.phase === 'stopping') return null;
  if ('run' in task ? isTheirs(task) : task.session === 'person') {
    if (isClosed(task)) return 'openAgain';
    return lacksGoal(task) && task.phase !== 'taken' ? null : 'giveBack';
  }
  if (task.status === 'running') return 'takeOver';
  return task.status !== 'queued' && (task.runCount > 0 || lacksGoal(task)) ? 'openSession' : null;
}
