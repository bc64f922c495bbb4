import { expect, it } from 'vitest';
import { refusalOf } from '../ui/keys.logic.ts';
import { ACTION_NAMES, ACTIONS, conflictOf, fixedUseOf, keymapOf, withKeys } from './actions.logic.ts';

it('has built-in keys that do not meet, and that may be given', () => {
  const keymap = keymapOf({});
  for (const name of ACTION_NAMES) {
    const keys = keymap[name];
    if (keys === null) continue;
    expect([name, conflictOf(keymap, name, keys)]).toEqual([name, null]);
    expect([name, fixedUseOf(name, keys)]).toEqual([name, null]);
    expect(refusalOf(keys, true)).toBeNull();
  }
});

it('takes what a person has changed, and passes over what it does not know', () => {
  const keymap = keymapOf({ 'task.new': 'mod+j', help: null, 'no.such': 'x', 'go.board': 5 });
  expect(keymap['task.new']).toBe('mod+j');
  expect(keymap.help).toBeNull();
  expect(keymap['go.board']).toBeNull();
  expect(keymap['go.list']).toBe('l');
  expect(keymapOf('nonsense')['task.new']).toBe('n');
});

it('finds who has the keys already, where both could be meant', () => {
  const keymap = keymapOf({});
  expect(conflictOf(keymap, 'go.board', 's')).toBe('task.main');
  expect(conflictOf(keymap, 'task.main', 'b')).toBe('go.board');
  expect(conflictOf(keymap, 'task.main', 'j')).toBe('task.next');
  expect(conflictOf(keymap, 'new.draft', 'w')).toBeNull();
  expect(conflictOf(keymap, 'task.new', 'n')).toBeNull();
});

it('keeps the keys free that belong to what has the focus', () => {
  expect(fixedUseOf('task.main', 'm')).toContain('Move the task');
  expect(fixedUseOf('task.next', 'm')).toBeNull();
  expect(fixedUseOf('go.board', 't')).toBe('Allow for this task');
  // A terminal has all keys to itself.
  expect(fixedUseOf('go.board', 'ctrl+shift+f')).toBeNull();
});

it('stores only what differs', () => {
  const changed = withKeys({}, 'task.new', 'mod+j');
  expect(changed).toEqual({ 'task.new': 'mod+j' });
  expect(withKeys(changed, 'help', null)).toEqual({ 'task.new': 'mod+j', help: null });
  expect(withKeys(changed, 'task.new', ACTIONS['task.new'].keys)).toEqual({});
});
