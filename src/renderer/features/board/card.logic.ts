import { type Column, columnOf } from '../../../contract/task/derive.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';

const PHASES = {
  starting: 'Starting',
  working: 'Working',
  waiting: 'Waiting for you',
  idle: 'Between turns',
  stopping: 'Stopping',
} as const;

/** What a task does or why it does nothing, in a few words. */
export function statusWords(task: TaskSummary): string {
  switch (task.status) {
    case 'draft':
      return 'Not started';
    case 'queued':
      return task.waiting?.words ?? 'Queued';
    case 'running':
      return task.phaseWords ?? (task.phase ? PHASES[task.phase] : 'Running');
    case 'completed':
      return task.outcome?.words ?? 'Completed';
    case 'failed':
      return task.outcome?.words ?? 'Failed';
    case 'cancelled':
      return task.outcome?.words ?? 'Cancelled';
  }
}

/** What a task waits for a person with. */
export interface Need {
  readonly for: 'approval' | 'input' | 'item';
  readonly words: string;
}

/** Null when it needs nobody. */
export function needOf(task: TaskSummary): Need | null {
  if (columnOf(task) !== 'Needs you') return null;
  const words = statusWords(task);
  if (task.approvals > 1) return { for: 'approval', words: `${task.approvals} answers needed: ${words}` };
  if (task.approvals === 1) return { for: 'approval', words };
  return task.status === 'failed' ? { for: 'item', words } : { for: 'input', words };
}

/** How long the newest run has taken or takes; null when there was none. Milliseconds. */
export function elapsed(task: TaskSummary, now: number): number | null {
  if (task.startedAt === null) return null;
  return (task.settledAt ?? now) - task.startedAt;
}

export const COLUMN_COLORS: Record<Column, string> = {
  Draft: 'gray',
  Queued: 'gray',
  Running: 'blue',
  'Needs you': 'orange',
  Review: 'teal',
  Done: 'gray',
  Failed: 'red',
};

/** What stands where a column is empty: what comes there, or what a person can do next. */
export const EMPTY_COLUMN: Record<Column, string> = {
  Draft: 'Save a new task without starting it, and it waits here.',
  Queued: 'Drag a draft here to start it when a slot is free.',
  Running: 'Nothing is running. Start a draft, or make a new task.',
  'Needs you': 'Nothing waits for you.',
  Review: 'Finished work comes here for you to look at.',
  Done: 'Tasks that you stop come here.',
  Failed: 'Nothing has failed.',
};
