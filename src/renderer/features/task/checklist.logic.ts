import { ITEM_TRANSITIONS } from '../../../contract/task/derive.ts';
import type { ItemStatus, Task } from '../../../contract/task/state.ts';

export const ITEM_WORDS: Record<ItemStatus, string> = {
  pending: 'To do',
  in_progress: 'In progress',
  completed: 'Completed',
  blocked: 'Blocked',
};

/** What can be done to an item, in words. */
export function itemMoves(status: ItemStatus): { status: ItemStatus; words: string }[] {
  return ITEM_TRANSITIONS[status].map((next) => ({ status: next, words: moveWords(status, next) }));
}

function moveWords(from: ItemStatus, to: ItemStatus): string {
  if (to === 'blocked') return 'Block…';
  if (to === 'completed') return 'Complete';
  if (to === 'in_progress') return 'Set in progress';
  if (from === 'blocked') return 'Unblock';
  return from === 'completed' ? 'Reopen' : 'Set to do';
}

/** Whether a task that failed because of a blocked item has none any more. */
export function canGoOn({ status, outcome, items }: Pick<Task, 'status' | 'outcome' | 'items'>): boolean {
  return status === 'failed' && outcome?.code === 'item-blocked' && !items.some((item) => item.status === 'blocked');
}
