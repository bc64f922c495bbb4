import { expect, test } from 'vitest';
import type { WorkspaceDetail } from '../workspace/state.ts';
import { standsWords } from './workspace.ts';

const BRANCH = 'drover/a1-work';
const detail = (more: Partial<WorkspaceDetail>): WorkspaceDetail =>
  ({
    condition: 'clean',
    problem: null,
    branch: BRANCH,
    branchCommit: 'c'.repeat(40),
    checkedOut: { branch: BRANCH, commit: 'c'.repeat(40), underWay: null },
    ahead: 0,
    merged: true,
    landed: null,
    uncommitted: 0,
    elsewhere: [],
    stashes: 0,
    notHeld: [],
    kept: null,
    ...more,
  }) as WorkspaceDetail;

test.each<[string, Partial<WorkspaceDetail>]>([
  [`No commits on ${BRANCH} yet.`, {}],
  [`1 commit on ${BRANCH}, not landed anywhere else yet.`, { ahead: 1, merged: false }],
  [`2 commits on ${BRANCH}, landed: squashed into main.`, { ahead: 2, landed: { how: 'squashed', ref: 'main' } }],
  [
    `No commits on ${BRANCH} yet. 3 files changed and not committed. 1 stash made here (git stash list).`,
    { uncommitted: 3, stashes: 1, condition: 'dirty' },
  ],
  [
    `1 commit on ${BRANCH}, not landed anywhere else yet. The workspace was removed; kept: ${BRANCH}.`,
    { ahead: 1, merged: false, condition: 'removed', checkedOut: null, kept: BRANCH },
  ],
  ['Git cannot tell.', { condition: 'unreadable', problem: 'Git cannot tell.' }],
])('%s', (words, more) => {
  expect(standsWords(detail(more)).join(' ')).toBe(words);
});
