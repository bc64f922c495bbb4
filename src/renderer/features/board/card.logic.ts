import type { Column } from '../../../contract/task/derive.ts';
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

/** What a person can do next where a column is empty. */
export const EMPTY_COLUMN: Record<Column, string> = {
  Draft: 'Tasks you save without starting wait here.',
  Queued: 'Started tasks wait here for a free slot.',
  Running: 'Nothing is running. Start a task with N.',
  'Needs you': 'Nobody waits for you.',
  Review: 'Finished work comes here to be looked at.',
  Done: 'Nothing here yet.',
  Failed: 'Nothing has failed.',
};
