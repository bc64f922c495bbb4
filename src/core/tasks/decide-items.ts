import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { NewItem, TaskCommand } from '../../contract/task/commands.ts';
import { ITEM_TRANSITIONS } from '../../contract/task/derive.ts';
import type { TaskEvent } from '../../contract/task/events.ts';
import type { Item, Task } from '../../contract/task/state.ts';
import { MAX_ITEMS } from '../../contract/text.ts';

/** What a command does to an item of the checklist. Pure. */
export function changeItem(
  state: Task,
  command: Extract<TaskCommand, { type: `item.${string}` }>,
  now: number,
): Result<TaskEvent[]> {
  switch (command.type) {
    case 'item.add':
      return addItem(state, command);
    case 'item.set':
      return setItem(state, command);
    case 'item.note': {
      const { itemId, by, text } = command;
      const found = findItem(state, itemId);
      return found.ok ? accept([{ type: 'item.noted', itemId, note: { at: now, by, text } }]) : found;
    }
  }
}

/** Adds what a person gives to the end of a checklist. */
export function addItems(state: Pick<Task, 'items' | 'nextItem'>, items: readonly NewItem[]): Result<TaskEvent[]> {
  if (state.items.length + items.length > MAX_ITEMS) return TOO_MANY;
  return accept(
    items.map(({ text, check }, at) => ({
      type: 'item.added',
      item: newItem(state.nextItem + at, text, check),
      by: 'user',
    })),
  );
}

/** Opens blocked items again, or skips them. */
export function reopen(items: readonly Item[], status: 'pending' | 'skipped' = 'pending'): TaskEvent[] {
  const blocked = items.filter((item) => item.status === 'blocked');
  return blocked.map(({ id }) => ({ type: 'item.changed', itemId: id, status, reason: null, by: 'user' }));
}

function addItem(
  state: Task,
  { text, check, checkBy, by }: Extract<TaskCommand, { type: 'item.add' }>,
): Result<TaskEvent[]> {
  if (state.items.length >= MAX_ITEMS) return TOO_MANY;
  return accept([
    { type: 'item.added', item: { ...newItem(state.nextItem, text, check), ...(checkBy ? { checkBy } : {}) }, by },
  ]);
}

function setItem(state: Task, command: Extract<TaskCommand, { type: 'item.set' }>): Result<TaskEvent[]> {
  const found = findItem(state, command.itemId);
  if (!found.ok) return found;
  const item = found.value;
  if (command.status === 'blocked' && !command.reason?.trim()) {
    return reject('invalid', `Say why item ${item.id} is blocked: give a reason.`);
  }
  if (command.status === 'skipped' && command.by === 'agent') {
    return reject('wrong-state', 'Only the user can skip an item.');
  }
  if (item.status === command.status && command.status !== 'blocked') return accept([]);
  if (item.status !== command.status && !ITEM_TRANSITIONS[item.status].includes(command.status)) {
    const allowed = ITEM_TRANSITIONS[item.status];
    return reject(
      'wrong-state',
      `Item ${item.id} is ${item.status} and cannot become ${command.status}. It can become ${allowed.join(' or ')}.`,
      allowed,
    );
  }
  const reason = command.status === 'blocked' ? command.reason : null;
  return accept([{ type: 'item.changed', itemId: item.id, status: command.status, reason, by: command.by }]);
}

export function findItem(state: Task, itemId: string): Result<Item> {
  const item = state.items.find((one) => one.id === itemId);
  if (item) return accept(item);
  const known = state.items.map((one) => one.id);
  const words = known.length === 0 ? 'The checklist is empty.' : `The items are ${listIds(known)}.`;
  return reject('not-found', `There is no item ${itemId} in task ${state.id}. ${words}`, known.slice(0, 50));
}

function listIds(ids: readonly string[]): string {
  if (ids.length > 12) return `${ids[0]} to ${ids.at(-1)}`;
  return ids.join(', ');
}

/** For whoever gives more items than a checklist may have. */
export const TOO_MANY = reject('invalid', `A checklist has at most ${MAX_ITEMS} items.`);

export function newItem(id: number, text: string, check: Item['check']): Item {
  return { id: String(id), text, status: 'pending', reason: null, notes: [], check };
}
