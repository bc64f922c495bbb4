import { expect, it } from 'vitest';
import { aSummary } from '../../../../test/support/summary.ts';
import { menuOf } from './task-menu.logic.ts';

const actions = (task: Parameters<typeof menuOf>[0], isOpen = false) =>
  menuOf(task, isOpen)
    .map((group) => group.map(({ action }) => action).join(' '))
    .join(' | ');

it.each([
  [aSummary('d1'), 'open start | edit schedule rename duplicate | archive delete'],
  [aSummary('q1', { status: 'queued', waiting: { for: 'slot', words: '' } }), 'open stop | schedule duplicate'],
  [
    aSummary('q2', { status: 'queued', waiting: { for: 'dependency', words: '' } }),
    'open startNow stop | schedule duplicate',
  ],
  [aSummary('r1', { status: 'running', branch: 'drover/r1' }), 'open stop | duplicate | editor copyBranch'],
  [
    aSummary('f1', { status: 'failed', branch: 'drover/f1' }),
    'open resume | land done rerun rename duplicate | editor copyBranch | archive delete',
  ],
  [aSummary('c1', { status: 'completed', acceptedAt: 5 }), 'open | undone rerun rename duplicate | archive delete'],
  [aSummary('c2', { status: 'completed', archivedAt: 5 }), 'open | done rerun rename duplicate | restore delete'],
  [
    aSummary('s1', { status: 'cancelled', noGoal: true, branch: 'drover/s1' }),
    'open | land done rename duplicate | editor copyBranch | archive delete',
  ],
  [
    aSummary('s2', { status: 'running', phase: 'taken', session: 'person', noGoal: true }),
    'open stop | rename duplicate',
  ],
  [
    aSummary('l1', { status: 'completed', branch: 'drover/l1', landed: { onto: 'main', commit: 'abc' } }),
    'open | undoLanding done rerun rename duplicate | editor copyBranch | archive delete',
  ],
])('has what can be done with %o', (task, lines) => {
  expect(actions(task)).toBe(lines);
});

it('leaves out what the open task shows as buttons, and says which keys do the same', () => {
  const task = aSummary('c1', { status: 'completed' });
  expect(actions(task, true)).toBe('done rerun rename duplicate | archive delete');
  expect(menuOf(task).flat().at(-1)).toEqual({ action: 'delete', words: 'Delete…', keys: 'task.delete' });
});
