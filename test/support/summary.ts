import type { TaskSummary } from '../../src/contract/task/state.ts';

/** A task as lists show it. */
export function aSummary(id: string, part: Partial<TaskSummary> = {}): TaskSummary {
  return {
    id,
    kind: 'agent',
    projectId: 'p00000001',
    title: `Task ${id}`,
    agent: { agent: 'demo', model: null, effort: null },
    autonomy: 'auto',
    status: 'draft',
    phase: null,
    phaseWords: null,
    waiting: null,
    outcome: null,
    runCount: 0,
    costUsd: 0,
    createdAt: 0,
    updatedAt: 0,
    currentItem: null,
    items: { total: 0, completed: 0, blocked: 0 },
    branch: null,
    runId: null,
    startedAt: null,
    settledAt: null,
    rank: 0,
    archivedAt: null,
    acceptedAt: null,
    approvals: 0,
    stalled: false,
    ...part,
  };
}
