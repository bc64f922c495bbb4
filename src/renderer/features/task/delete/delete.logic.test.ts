import { expect, test } from 'vitest';
import type { Task } from '../../../../contract/task/state.ts';
import type { WorkspaceDetail } from '../../../../contract/workspace/state.ts';
import { isOnlyADraft, whatGoes } from './delete.logic.ts';

const draft = {
  status: 'draft',
  runCount: 0,
  workspace: null,
  messages: [],
  attachments: [],
  items: [{ status: 'pending', notes: [] }],
} as unknown as Task;
const workspace = {
  state: 'ready',
  path: '/ws',
  branch: 'b',
  uncommitted: 0,
  ahead: 0,
  merged: false,
  landed: null,
  checkedOut: null,
} as WorkspaceDetail;

test('only what was typed and never begun is no more than a draft', () => {
  expect(isOnlyADraft(draft)).toBe(true);
  for (const more of [
    { status: 'cancelled' },
    { runCount: 1 },
    { workspace: {} },
    { messages: [{}] },
    { attachments: [{}] },
    { items: [{ status: 'completed', notes: [] }] },
    { items: [{ status: 'pending', notes: [{}] }] },
  ]) {
    expect(isOnlyADraft({ ...draft, ...more } as Task), JSON.stringify(more)).toBe(false);
  }
});

test('says what goes and what stays', () => {
  const task = { items: [{}, {}], runCount: 2 } as Task;
  const worked = { ...workspace, uncommitted: 1, ahead: 2 };
  expect(whatGoes(task, [worked], false)).toEqual({
    goes: ['the task, its checklist of 2, the log of its 2 runs'],
    stays: ['the folder /ws and its branch b, with 2 commits and 1 file not committed'],
  });
  expect(whatGoes(task, [worked], true)).toEqual({
    goes: ['the task, its checklist of 2, the log of its 2 runs', 'the folder /ws, with what git ignores in it'],
    stays: ['the branch b, with 2 commits; what is not committed (1 file) is committed to it first'],
  });
  expect(whatGoes({ items: [], runCount: 1 }, [workspace], true).goes).toEqual([
    'the task, the log of its run',
    'the folder /ws, with what git ignores in it',
    'the branch b, which nothing was committed to',
  ]);
});
