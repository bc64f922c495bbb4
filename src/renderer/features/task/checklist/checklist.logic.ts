import { ITEM_TRANSITIONS } from '../../../../contract/task/derive.ts';
import type { ItemStatus } from '../../../../contract/task/state.ts';
import { labels } from '../labels.ts';

export interface ItemMove {
  /** `unblock` opens an item again, and its task continues when that was the last one. */
  to: ItemStatus | 'unblock';
  words: string;
}

/** What can be done to an item, in words. */
export function itemMoves(status: ItemStatus): ItemMove[] {
  return ITEM_TRANSITIONS[status].map((next) => ({
    to: status === 'blocked' && next === 'pending' ? 'unblock' : next,
    words: moveWords(status, next),
  }));
}

/** What a press of its tick does to an item; null for a blocked one, which has a button of its own. */
export function tickMove(status: ItemStatus): ItemMove | null {
  const { moves } = labels.checklist;
  if (status === 'blocked') return null;
  const isOpen = status === 'pending' || status === 'in_progress';
  return isOpen ? { to: 'completed', words: moves.done } : { to: 'pending', words: moves.reopen };
}

function moveWords(from: ItemStatus, to: ItemStatus): string {
  const { moves } = labels.checklist;
  if (to === 'blocked') return moves.block;
  if (to === 'completed') return moves.done;
  if (to === 'skipped') return moves.skip;
  if (to === 'in_progress') return moves.begin;
  if (from === 'blocked') return moves.unblock;
  return from === 'in_progress' ? moves.putBack : moves.reopen;
}
