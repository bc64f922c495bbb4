import { describe, expect, it } from 'vitest';
import { aSummary } from '../../../../test/support/summary.ts';
import type { Approval } from '../../../contract/approval/state.ts';
import { countNeedsYou } from '../../../contract/task/needs-you.ts';
import { needsIn, nextAfter, stepFrom } from './needs.logic.ts';

const asked = (id: string, taskId: string, more: Partial<Approval> = {}): Approval => ({
  ...{ id, taskId, taskTitle: `Task ${taskId}`, projectId: 'p00000001', runId: `${taskId}.1`, callId: null },
  ...{ kind: 'tool', tool: 'Bash', title: 'Run npm install', status: 'pending', reason: null, folder: '/' },
  ...{ askedAt: 1, settledAt: null, decision: null, followed: null },
  ...more,
});
const waiting = (id: string, approvals: number) =>
  aSummary(id, { status: 'running', phase: 'waiting', approvals, phaseWords: 'Waits.' });
const failed = (id: string, settledAt: number, code: 'crashed' | 'item-blocked' = 'crashed') =>
  aSummary(id, {
    status: 'failed',
    settledAt,
    outcome: { code, words: code === 'crashed' ? 'It died.' : 'There is no key.', hint: null },
    items: { total: 1, completed: 0, blocked: code === 'crashed' ? 0 : 1 },
  });

describe('what needs a person', () => {
  it('is what agents wait for first, then what stands still, then what is over, the oldest first', () => {
    const stalled = { ...waiting('a3', 0), stalled: true, phaseWords: '“npm init” seems to wait for input.' };
    const tasks = [
      failed('a5', 9),
      failed('a6', 3),
      failed('a4', 1, 'item-blocked'),
      stalled,
      waiting('a1', 2),
      waiting('a2', 1),
    ];
    const approvals = [asked('q1', 'a1'), asked('q2', 'a2', { askedAt: 2 }), asked('q3', 'a1', { askedAt: 3 })];
    const rows = needsIn(tasks, approvals);
    expect(rows.map(({ id }) => id)).toEqual(['q1', 'q3', 'q2', 'a3', 'a4', 'a6', 'a5']);
    expect(rows.map(({ kind }) => kind)).toEqual([
      'command',
      'command',
      'command',
      'stall',
      'blocked',
      'failed',
      'failed',
    ]);
    expect(rows.map(({ words }) => words).slice(3, 6)).toEqual([
      '“npm init” seems to wait for input.',
      'There is no key.',
      'It died.',
    ]);
    // However much it asks, a task is one.
    expect(new Set(rows.map(({ taskId }) => taskId)).size).toBe(countNeedsYou(tasks));
  });

  it('shows a question although nothing is known of its task yet, and nothing of what needs nobody', () => {
    expect(needsIn([], [asked('q1', 'a9')])).toHaveLength(1);
    expect(needsIn([{ ...failed('a1', 1), archivedAt: 2 }, aSummary('a2'), waiting('a3', 1)], [])).toEqual([]);
  });

  it.each([
    [{ tool: 'Edit', title: 'Edit a.ts' }, 'edit', 'Edit a.ts'],
    [{ tool: 'Read', title: 'Read a.ts' }, 'read', 'Read a.ts'],
    [{ tool: 'WebFetch', title: 'Fetch x' }, 'fetch', 'Fetch x'],
    [{ tool: 'mcp__x__y', title: 'Use y of x' }, 'tool', 'Use y of x'],
    [{ kind: 'plan', title: 'Approve a plan' }, 'plan', 'Has a plan for you to approve'],
    [{ kind: 'question', title: 'Answer 2 questions' }, 'question', 'Has 2 questions for you'],
    [{ kind: 'question', title: 'Answer a question' }, 'question', 'Has a question for you'],
    [{ title: 'Run \u202etxt' }, 'command', 'Run ⟨RLO⟩txt'],
  ] as const)('%j is %s: %s', (more, kind, words) => {
    expect(needsIn([], [asked('q1', 'a1', more)])[0]).toMatchObject({ kind, words });
  });

  it('is gone through by steps, and the next comes when one is done', () => {
    const rows = needsIn([failed('a1', 1), failed('a2', 2), failed('a3', 3)], []);
    expect(stepFrom(rows, 'a1', 1)?.id).toBe('a2');
    expect(stepFrom(rows, 'a3', 1)?.id).toBe('a3');
    expect(stepFrom(rows, 'gone', 1)?.id).toBe('a1');
    expect(stepFrom([], null, 1)).toBeNull();
    expect([nextAfter(rows, 'a1')?.id, nextAfter(rows, 'a3')?.id]).toEqual(['a2', 'a2']);
    expect(nextAfter(rows.slice(0, 1), 'a1')).toBeNull();
  });
});
