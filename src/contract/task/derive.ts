import type { Item, ItemStatus, Task, TaskOutcome, TaskStatus, TaskSummary } from './state.ts';

/**
 * The columns of the board, in their order; their names are in `words/state.ts`. What failed stands with what needs its
 * person: nothing happens to it without one.
 */
export const COLUMNS = ['backlog', 'running', 'needs-you', 'review', 'done'] as const;
export type Column = (typeof COLUMNS)[number];

/**
 * How a task stands, for a person: the same in the window, the tray, a notification and the command. `blocked` failed
 * because of an item; `unblocked` is the same when no item is blocked any more and it has not gone on yet. `taken`: a
 * person has its session.
 */
export type TaskState =
  | 'draft'
  | 'queued'
  | 'starting'
  | 'working'
  | 'waiting'
  | 'taken'
  | 'stopping'
  | 'blocked'
  | 'unblocked'
  | 'stopped'
  | 'finished'
  | 'done'
  | 'failed';

/** What the state follows from; the items as a task has them, or as a list counts them. */
export type Stated = Pick<Task, 'status' | 'phase' | 'outcome' | 'acceptedAt'> & {
  items: readonly Pick<Item, 'status'>[] | Pick<TaskSummary['items'], 'blocked'>;
};

/** Derived, never stored. */
export function stateOf(task: Stated): TaskState {
  if (task.acceptedAt !== null) return 'done';
  switch (task.status) {
    case 'draft':
    case 'queued':
      return task.status;
    case 'running':
      return task.phase === null || task.phase === 'idle' ? 'working' : task.phase;
    case 'completed':
      return 'finished';
    case 'cancelled':
      return 'stopped';
    case 'failed':
      if (task.outcome?.code !== 'item-blocked') return 'failed';
      return countBlocked(task.items) > 0 ? 'blocked' : 'unblocked';
  }
}

function countBlocked(items: Stated['items']): number {
  return 'blocked' in items ? items.blocked : items.filter(({ status }) => status === 'blocked').length;
}

const COLUMN_OF: Record<TaskState, Column> = {
  draft: 'backlog',
  queued: 'backlog',
  starting: 'running',
  working: 'running',
  stopping: 'running',
  waiting: 'needs-you',
  taken: 'needs-you',
  blocked: 'needs-you',
  unblocked: 'needs-you',
  failed: 'needs-you',
  // Its work may be looked at as that of a finished one may; only a person says that something is done.
  stopped: 'review',
  finished: 'review',
  done: 'done',
};

/** Where a task belongs on the board and in the tray. */
export function columnOf(task: Stated): Column {
  return COLUMN_OF[stateOf(task)];
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
  pending: ['in_progress', 'completed', 'blocked', 'skipped'],
  in_progress: ['pending', 'completed', 'blocked', 'skipped'],
  completed: ['pending', 'in_progress'],
  // What was in the way may have gone while the agent went on.
  blocked: ['pending', 'in_progress', 'completed', 'skipped'],
  skipped: ['pending', 'in_progress', 'completed'],
};

/** Items an agent still has to do. */
export function openItems(items: readonly Item[]): Item[] {
  return items.filter((item) => item.status === 'pending' || item.status === 'in_progress');
}

/** How far a checklist is; what was skipped does not count. */
export function countItems(items: readonly Pick<Item, 'status'>[]): TaskSummary['items'] {
  const count = { total: 0, completed: 0, blocked: 0 };
  for (const { status } of items) {
    if (status === 'skipped') continue;
    count.total += 1;
    if (status === 'completed') count.completed += 1;
    else if (status === 'blocked') count.blocked += 1;
  }
  return count;
}

/**
 * Whether a task is a session without a goal. The loop never runs one: a person has it, or opens it again.
 */
export function hasNoGoal({ goal }: Pick<Task, 'goal'>): boolean {
  return goal === '';
}

/** Whether a person has the session, and its program has ended in their terminal: it is opened again, or given back. */
export function isClosed({ phase, phaseWords }: Pick<Task, 'phase' | 'phaseWords'>): boolean {
  return phase === 'taken' && phaseWords !== null;
}

/** Whether a person has the session of a task, or gets it next. */
export function isTheirs({ status, run, nextHolder }: Pick<Task, 'status' | 'run' | 'nextHolder'>): boolean {
  if (status === 'queued') return nextHolder === 'person';
  return status === 'running' && (run?.handOver ?? run?.holder) === 'person';
}

/** The row of a task in a list. */
export function summarize(task: Task): TaskSummary {
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
    ...(task.schedule ? { schedule: task.schedule } : {}),
    archivedAt: task.archivedAt,
    acceptedAt: task.acceptedAt,
    approvals: task.approvals.length,
    stalled: task.stall !== null,
    ...(hasNoGoal(task) ? { noGoal: true as const } : {}),
    ...(isTheirs(task) ? { session: 'person' as const } : {}),
    currentItem: task.items.find(({ status }) => status === 'in_progress')?.text ?? null,
    items: countItems(task.items),
    branch: task.workspace?.branch ?? null,
    runId: task.run?.id ?? null,
    startedAt: task.run?.startedAt ?? null,
    settledAt: task.run?.settledAt ?? null,
    ...(task.run?.size ? { size: task.run.size } : {}),
    ...(task.landing ? { landed: { onto: task.landing.onto, commit: task.landing.commit } } : {}),
  };
}
