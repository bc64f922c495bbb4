import { expect, test } from 'vitest';
import { createOwnCommands } from './own-commands.ts';

test('commands are known by agent and project, and only names are', () => {
  const commands = createOwnCommands();
  commands.learn('claude', 'p1', ['review', 'compact', 'review', 'team:fix', '', 'a b', '../x', '<img>']);
  expect(commands.of('claude', 'p1')).toEqual(['compact', 'review', 'team:fix']);
  expect(commands.of('claude', 'p2')).toEqual([]);
  expect(commands.begins('claude', 'p1', '/team:fix the button')).toBe(true);
  expect(commands.begins('claude', 'p1', '/etc/hosts is wrong')).toBe(false);
  expect(commands.begins('claude', 'p1', 'Then /review')).toBe(false);
  commands.learn('claude', 'p1', []);
  expect(commands.of('claude', 'p1')).toEqual([]);
});
