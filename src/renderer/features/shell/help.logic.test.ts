import { expect, it } from 'vitest';
import { keymapOf } from '../../app/actions.logic.ts';
import { findShortcuts } from './help.logic.ts';

const found = (query: string, changed = {}) =>
  findShortcuts(keymapOf(changed), query, false).flatMap(({ shortcuts }) => shortcuts.map(({ words }) => words));

it('shows every key that does something, and none that was taken away', () => {
  expect(found('')).toContain('New task');
  expect(found('', { 'task.new': null })).not.toContain('New task');
});

it('finds shortcuts by what they do, where they count and their keys', () => {
  expect(found('archive')).toEqual(['Archive, or restore']);
  expect(found('ctrl k')).toEqual(['All actions, tasks and projects']);
  expect(found('open conversation')).toContain('Find in the conversation');
  expect(found('nothing like it')).toEqual([]);
});
