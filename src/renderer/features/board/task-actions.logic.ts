import { isUnsettled } from '../../../contract/task/derive.ts';
import type { TaskStatus, TaskSummary } from '../../../contract/task/state.ts';

export type TaskAction = 'start' | 'stop' | 'resume' | 'rerun' | 'duplicate' | 'delete';

export const ACTION_WORDS: Record<TaskAction, string> = {
  start: 'Start',
  stop: 'Stop',
  resume: 'Resume',
  rerun: 'Run again from the start',
  duplicate: 'Duplicate',
  delete: 'Delete',
};

/** What can be asked of a task in this status; the core has the last word. */
export function actionsOf(status: TaskStatus): TaskAction[] {
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

/** The one action that a single key carries out. */
export function mainAction(status: TaskStatus): TaskAction | null {
  return actionsOf(status).find((action) => ['start', 'stop', 'resume'].includes(action)) ?? null;
}
