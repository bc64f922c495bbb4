import type { Item, ItemStatus, Task, TaskOutcome, TaskStatus, TaskSummary } from './state.ts';

/** The columns of the board, in their order. */
export const COLUMNS = ['Draft', 'Queued', 'Running', 'Needs you', 'Review', 'Done', 'Failed'] as const;
export type Column = (typeof COLUMNS)[number];

/** Where a task belongs on the board and in the tray: derived, never stored. */
export function columnOf(task: Pick<Task, 'status' | 'phase' | 'outcome'>): Column {
  switch (task.status) {
    case 'draft':
      return 'Draft';
    case 'queued':
      return 'Queued';
    case 'running':
      return task.phase === 'waiting' ? 'Needs you' : 'Running';
    case 'completed':
      return 'Review';
    case 'cancelled':
      return 'Done';
    case 'failed':
      return task.outcome?.code === 'item-blocked' ? 'Needs you' : 'Failed';
  }
}

/** True while something is still going to happen without a person. */
export function isUnsettled(status: TaskStatus): boolean {
  return status === 'queued' || status === 'running';
}

/**
 * The exit code of a command that waited for a task: 0 completed, 1 retries spent, 2 an item is blocked, 4 backend or
 * runtime failure, 130 cancelled. (3, bad input or no connection, never comes from a task.)
 */
export function exitCodeOf(status: TaskStatus, outcome: TaskOutcome | null): 0 | 1 | 2 | 4 | 130 {
  if (status === 'completed') return 0;
  if (status === 'cancelled') return 130;
  if (outcome?.code === 'retries-spent' || outcome?.code === 'check-failed') return 1;
  if (outcome?.code === 'item-blocked') return 2;
  return 4;
}

/** From which status of an item one can go where. */
export const ITEM_TRANSITIONS: Record<ItemStatus, readonly ItemStatus[]> = {
  pending: ['in_progress', 'completed', 'blocked'],
  in_progress: ['pending', 'completed', 'blocked'],
  completed: ['pending', 'in_progress'],
  blocked: ['pending', 'in_progress'],
};

/** Items an agent still has to do. */
export function openItems(items: readonly Item[]): Item[] {
  return items.filter((item) => item.status === 'pending' || item.status === 'in_progress');
}

/** The row of a task in a list. */
export function summarize(task: Task): TaskSummary {
  let completed = 0;
  let blocked = 0;
  for (const item of task.items) {
    if (item.status === 'completed') completed += 1;
    else if (item.status === 'blocked') blocked += 1;
  }
  return {
    id: task.id,
    kind: task.kind,
    projectId: task.projectId,
    title: task.title,
    agent: task.agent,
    autonomy: task.autonomy,
    status: task.status,
    phase: task.phase,
    phaseWords: task.phaseWords,
    waiting: task.waiting,
    outcome: task.outcome,
    runCount: task.runCount,
    costUsd: task.costUsd,
    createdAt: task.createdAt,
    updatedAt: task.updatedAt,
    rank: task.rank,
    archivedAt: task.archivedAt,
    approvals: task.approvals.length,
    stalled: task.stall !== null,
    items: { total: task.items.length, completed, blocked },
    branch: task.workspace?.branch ?? null,
    runId: task.run?.id ?? null,
    startedAt: task.run?.startedAt ?? null,
    settledAt: task.run?.settledAt ?? null,
  };
}
