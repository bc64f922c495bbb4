import { expect, test } from 'vitest';
import type { ItemStatus } from '../../../../contract/task/state.ts';
import { itemMoves, tickMove } from './checklist.logic.ts';

test.each<[ItemStatus, string | null, string[]]>([
  ['pending', 'Mark done', ['Mark in progress', 'Mark done', 'Block…', 'Skip']],
  ['in_progress', 'Mark done', ['Mark to do', 'Mark done', 'Block…', 'Skip']],
  ['completed', 'Reopen', ['Reopen', 'Mark in progress']],
  ['blocked', null, ['Unblock', 'Mark in progress', 'Mark done', 'Skip']],
  ['skipped', 'Reopen', ['Reopen', 'Mark in progress', 'Mark done']],
])('what can be done to an item that is %s', (status, tick, moves) => {
  const move = tickMove(status);
  expect(move?.words ?? null).toBe(tick);
  expect(itemMoves(status).map(({ words }) => words)).toEqual(moves);
  // The tick does nothing that the menu does not offer.
  if (move) expect(itemMoves(status)).toContainEqual(move);
});
