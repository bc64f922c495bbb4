import { expect, it } from 'vitest';
import { NEW_TASK_ADDRESS, taskAddress } from '../../contract/desktop.ts';
import { readRoute, writeRoute } from './route.logic.ts';

it.each([
  '#/board',
  '#/list',
  '#/settings',
  '#/new',
  '#/new?from=a12345678',
  '#/new?edit=a12345678',
  '#/welcome',
  '#/settings/shortcuts',
  '#/settings/projects/p12345678',
  '#/tasks/a12345678',
  '#/tasks/a12345678/wide',
])('%s is read and written', (hash) => {
  expect(writeRoute(readRoute(hash))).toBe(hash);
});

it('knows the addresses the desktop app uses', () => {
  expect(readRoute(taskAddress('a12345678')).taskId).toBe('a12345678');
  expect(readRoute(NEW_TASK_ADDRESS).newTask).toBe(true);
});

it.each(['', '#', '#/', '#/nowhere', '#/tasks/', '#/tasks/<script>', '#/tasks/..%2f', '#/newer'])(
  '%s is the board',
  (hash) => {
    expect(writeRoute(readRoute(hash))).toBe('#/board');
  },
);
