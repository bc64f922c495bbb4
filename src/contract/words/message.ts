import type { Task } from '../task/state.ts';

/** What becomes of a message that no agent has read yet: it is sent by itself, or only when the task continues. */
export type Queued = 'after-turn' | 'at-start' | 'at-return' | 'not-sent';

export const QUEUED_WORDS: Record<Queued, string> = {
  'after-turn': 'Queued – sent after this turn',
  'at-start': 'Queued – sent when the task starts',
  'at-return': 'Queued – sent when you give the session back',
  'not-sent': 'Not sent',
};

/** When the queued messages of a task are sent. */
export function whenSent(task: Pick<Task, 'status' | 'phase'>): Queued {
  if (task.status === 'queued' || (task.status === 'running' && task.phase === 'starting')) return 'at-start';
  if (task.status === 'running' && task.phase === 'taken') return 'at-return';
  return task.status === 'running' && task.phase !== 'stopping' ? 'after-turn' : 'not-sent';
}
