import { ITEM_TRANSITIONS } from '../../../contract/task/derive.ts';
import type { ItemStatus } from '../../../contract/task/state.ts';

export const ITEM_WORDS: Record<ItemStatus, string> = {
  pending: 'To do',
  in_progress: 'In progress',
  completed: 'Completed',
  blocked: 'Blocked',
  skipped: 'Skipped',
};

/** Opens an item again, and its task continues when that was the last one. */
export const UNBLOCK = 'Unblock';

/** What can be done to an item, in words. */
export function itemMoves(status: ItemStatus): { status: ItemStatus; words: string }[] {
  return ITEM_TRANSITIONS[status].map((next) => ({ status: next, words: moveWords(status, next) }));
}

function moveWords(from: ItemStatus, to: ItemStatus): string {
  if (to === 'blocked') return 'Block…';
  if (to === 'completed') return 'Complete';
  if (to === 'skipped') return 'Skip';
  if (to === 'in_progress') return 'Set in progress';
  if (from === 'blocked') return UNBLOCK;
  return from === 'completed' || from === 'skipped' ? 'Reopen' : 'Set to do';
}
