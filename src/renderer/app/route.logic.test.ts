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
  '#/settings/rules',
  '#/needs-you',
  '#/needs-you/q12345678',
  '#/needs-you/a12345678',
  '#/settings/projects/p12345678',
  '#/tasks/a12345678',
])('%s is read and written', (hash) => {
  expect(writeRoute(readRoute(hash))).toBe(hash);
});

it('knows the addresses the desktop app uses', () => {
  expect(readRoute(taskAddress('a12345678')).taskId).toBe('a12345678');
  expect(readRoute(NEW_TASK_ADDRESS).newTask).toBe(true);
});

it.each([
  ['#/approvals', '#/needs-you'],
  ['#/approvals/q12345678', '#/needs-you/q12345678'],
  ['#/rules', '#/settings/rules'],
  ['#/audit', '#/settings/audit'],
  ['#/tasks/a12345678/wide', '#/tasks/a12345678'],
])('%s, a link of an earlier version, leads to %s', (hash, now) => {
  expect(writeRoute(readRoute(hash))).toBe(now);
});

it.each(['', '#', '#/', '#/nowhere', '#/tasks/', '#/tasks/<script>', '#/tasks/..%2f', '#/newer'])(
  '%s is the board',
  (hash) => {
    expect(writeRoute(readRoute(hash))).toBe('#/board');
  },
);
