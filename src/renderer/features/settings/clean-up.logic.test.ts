import { expect, it } from 'vitest';
import type { WorkspaceDetail } from '../../../contract/workspace/state.ts';
import { planCleanUp, whyItStays } from './clean-up.logic.ts';

const MERGED = {
  taskId: 'a00000001',
  state: 'ready',
  condition: 'clean',
  problem: null,
  uncommitted: 0,
  ahead: 2,
  merged: true,
  landed: { how: 'contained', ref: 'main' },
  checkedOut: { branch: 'drover/x', commit: 'c', underWay: null },
  elsewhere: [],
  stashes: 0,
  notHeld: [],
} as unknown as WorkspaceDetail;

it('cleans up what is merged and clean, and whose task is over', () => {
  expect(whyItStays(MERGED, true)).toBeNull();
  // A task that committed nothing has nothing to lose either.
  expect(whyItStays({ ...MERGED, ahead: 0, landed: null }, true)).toBeNull();
});

it.each<[string, Partial<WorkspaceDetail>]>([
  ['not committed', { condition: 'dirty', uncommitted: 3 }],
  ['not merged', { merged: false, landed: null }],
  ['pushed', { landed: { how: 'pushed', ref: 'origin/x' } }],
  ['git cannot read', { condition: 'unreadable', problem: 'It is damaged.' }],
  ['git cannot read', { condition: 'missing' }],
  ['not ready', { state: 'making', condition: 'making' }],
  ['in progress', { checkedOut: { branch: null, commit: 'c', underWay: 'rebase' } }],
  ['does not hold', { stashes: 1 }],
  ['does not hold', { elsewhere: [{ commit: 'c', commits: 1, branches: [] }] }],
  ['does not hold', { notHeld: [{ path: 'sub', why: 'own-repository' }] }],
])('leaves what is %s', (words, part) => {
  expect(whyItStays({ ...MERGED, ...part }, true)).toContain(words);
});

it('leaves the workspace of a task that is not over, and passes over those that are gone', () => {
  const other = { ...MERGED, taskId: 'a00000002' };
  const gone = { ...MERGED, state: 'removed' as const };
  const { going, staying } = planCleanUp([MERGED, other, gone], (taskId) => taskId === MERGED.taskId);
  expect(going).toEqual([MERGED]);
  expect(staying).toEqual([{ workspace: other, why: 'its task is not over' }]);
});
