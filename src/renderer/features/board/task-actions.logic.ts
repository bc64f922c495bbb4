import { isUnsettled } from '../../../contract/task/derive.ts';
import type { TaskStatus, TaskSummary } from '../../../contract/task/state.ts';
import { lacksGoal } from './session.logic.ts';

export type TaskAction = 'start' | 'stop' | 'resume' | 'rerun' | 'duplicate' | 'delete';

export const ACTION_WORDS: Record<TaskAction, string> = {
  start: 'Start',
  stop: 'Stop',
  resume: 'Resume',
  rerun: 'Run again from the start',
  duplicate: 'Duplicate',
  delete: 'Delete',
};

/** What can be asked of a task; the core has the last word. A session without a goal is only opened by its person. */
export function actionsOf(task: Pick<TaskSummary, 'status'> & Parameters<typeof lacksGoal>[0]): TaskAction[] {
  const actions = actionsIn(task.status);
  return lacksGoal(task) ? actions.filter((action) => action !== 'resume' && action !== 'rerun') : actions;
}

function actionsIn(status: TaskStatus): TaskAction[] {
  switch (status) {
    case 'draft':
      return ['start', 'duplicate', 'delete'];
    case 'queued':
    case 'running':
      return ['stop', 'duplicate'];
    case 'completed':
      return ['rerun', 'duplicate', 'delete'];
    case 'failed':
    case 'cancelled':
      return ['resume', 'rerun', 'duplicate', 'delete'];
  }
}

/** Whether it is queued and waits for a time or another task, which it could start without. */
export function waitsByChoice({ status, waiting }: Pick<TaskSummary, 'status' | 'waiting'>): boolean {
  return status === 'queued' && (waiting?.for === 'time' || waiting?.for === 'dependency');
}

/** Whether a person could mark it as done now. */
export function canAccept({ status, acceptedAt }: Pick<TaskSummary, 'status' | 'acceptedAt'>): boolean {
  return status !== 'draft' && !isUnsettled(status) && acceptedAt === null;
}

/** Whether it can be given another name: while it does not run, or a person has its session. */
export function canRename(task: Pick<TaskSummary, 'status' | 'phase'> & Parameters<typeof lacksGoal>[0]): boolean {
  return !isUnsettled(task.status) || task.phase === 'taken' || lacksGoal(task);
}

/** The one action that a single key carries out. */
export function mainAction(task: Parameters<typeof actionsOf>[0]): TaskAction | null {
  return actionsOf(task).find((action) => ['start', 'stop', 'resume'].includes(action)) ?? null;
}

/** Whether its work could land now; a task whose work has landed has a landing to undo instead. */
export function canLand({ status, branch, landed }: Pick<TaskSummary, 'status' | 'branch' | 'landed'>): boolean {
  return status !== 'draft' && !isUnsettled(status) && branch !== null && landed === undefined;
}
