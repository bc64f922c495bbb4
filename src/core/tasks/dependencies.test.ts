import { expect, test } from 'vitest';
import { aTask } from '../../../test/support/task.ts';
import type { Dependencies } from '../../contract/task/schedule.ts';
import type { Task } from '../../contract/task/state.ts';
import { branchToBeginFrom, checkSchedule, dependencyHolds } from './dependencies.ts';

const all = (...taskIds: string[]): Dependencies => ({ taskIds, need: 'all', fromBranch: false });
const any = (...taskIds: string[]): Dependencies => ({ ...all(...taskIds), need: 'any' });

const workspace = { id: 'a00000001-1', path: '/w', branch: 'drover/first', baseCommit: null };
const tasks: Record<string, Task> = {
  completed: aTask({ title: 'Completed', status: 'completed', workspace }),
  accepted: aTask({ title: 'Accepted', status: 'failed', acceptedAt: 1 }),
  running: aTask({ title: 'Running' }),
  queued: aTask({ title: 'Queued', status: 'queued' }),
  draft: aTask({ title: 'Draft', status: 'draft' }),
  failed: aTask({ title: 'Failed', status: 'failed' }),
  stopped: aTask({ title: 'Stopped', status: 'cancelled' }),
  archived: aTask({ title: 'Archived', status: 'draft', archivedAt: 1 }),
  away: aTask({ title: 'Away', status: 'completed', archivedAt: 1 }),
};
const lookUp = (id: string) => tasks[id] ?? null;

test.each<[string, Dependencies | undefined, string | null, boolean]>([
  ['nothing', undefined, null, false],
  ['what is completed, or was taken as done', all('completed', 'accepted', 'away'), null, false],
  ['what it has waited for already', { ...all('failed'), met: true }, null, false],
  ['one that runs', all('completed', 'running'), 'Waits for “Running”.', false],
  ['a draft', all('draft'), 'Waits for “Draft”, which is a draft.', false],
  ['two', all('running', 'queued'), 'Waits for “Running” and “Queued”.', false],
  ['several', all('running', 'queued', 'draft'), 'Waits for “Running” and 2 others.', false],
  ['one that has failed', all('running', 'failed'), 'Depends on “Failed”, which has failed.', true],
  ['one that was stopped', all('stopped'), 'Depends on “Stopped”, which was stopped.', true],
  ['one that was put away before it ran', all('archived'), 'Depends on “Archived”, which is archived.', true],
  ['one that was deleted', all('gone'), 'A task that this depends on was deleted.', true],
  ['any, of which one is completed', any('running', 'failed', 'completed'), null, false],
  ['any, of which one may be', any('failed', 'running', 'queued'), 'Waits for “Running” or “Queued”.', false],
  ['any, of which none can be', any('failed', 'stopped'), 'Depends on “Failed”, which has failed.', true],
])('depending on %s', (_, after, words, held) => {
  const waiting = dependencyHolds(after, lookUp);
  expect([waiting?.words ?? null, waiting?.held ?? false]).toEqual([words, held]);
});

test('tasks that would wait for each other are refused, with their names in the order in which they wait', () => {
  const chain: Record<string, Task> = {
    a: aTask({ id: 'a', title: 'A' }),
    b: aTask({ id: 'b', title: 'B', schedule: { after: any('x', 'c') } }),
    c: aTask({ id: 'c', title: 'C', schedule: { after: all('a') } }),
    x: aTask({ id: 'x', title: 'X' }),
    y: aTask({ id: 'y', title: 'Y', projectId: 'p00000002' }),
  };
  const check = (id: string, after: Dependencies) =>
    checkSchedule(chain[id] ?? aTask(), { after }, (one) => chain[one] ?? null);
  expect(check('a', all('x', 'b'))).toMatchObject({
    rejection: {
      code: 'conflict',
      message: 'The tasks would wait for each other: “A” waits for “B”, which waits for “C”, which waits for “A”.',
    },
  });
  expect(check('a', all('a'))).toMatchObject({ rejection: { message: 'A task cannot depend on itself.' } });
  expect(check('a', all('gone'))).toMatchObject({ rejection: { message: 'There is no task gone.' } });
  expect(check('a', { ...all('y'), fromBranch: true })).toMatchObject({
    rejection: { message: '“Y” is in another project, so the task cannot begin from its branch.' },
  });
  expect(check('b', all('a', 'c', 'y'))).toMatchObject({ ok: true });
  // It has started since, so it waits for nothing.
  chain.c = aTask({ id: 'c', title: 'C', schedule: { after: { ...all('a'), met: true } } });
  expect(check('a', all('b'))).toMatchObject({ ok: true });
});

test('a workspace begins from the branch of what is depended on, where just one has a branch', () => {
  const from = (...taskIds: string[]) => branchToBeginFrom({ ...all(...taskIds), fromBranch: true }, lookUp);
  expect(from('completed')).toBe('drover/first');
  expect(from('completed', 'accepted')).toBe('drover/first');
  expect([from('completed', 'completed'), from('accepted'), from('gone')]).toEqual([null, null, null]);
  expect(branchToBeginFrom(all('completed'), lookUp)).toBe(null);
});
