import { NO_USAGE } from '../../src/contract/run/usage.ts';
import type { NewTask } from '../../src/contract/task/commands.ts';
import type { Item, Task } from '../../src/contract/task/state.ts';

/** A running task in its first run, for tests of pure functions. */
export function aTask(change: Partial<Task> = {}): Task {
  return {
    id: 'a00000001',
    kind: 'agent',
    projectId: 'p00000001',
    title: 'A task',
    goal: 'Reach the goal.',
    base: null,
    agent: { agent: 'demo', model: null, effort: null },
    autonomy: 'auto',
    limits: { maxRetries: 3, firstResponseMs: 60_000, turnMs: 3_600_000, inactivityMs: 1_800_000 },
    checks: [],
    items: [],
    nextItem: 1,
    status: 'running',
    phase: 'idle',
    phaseWords: null,
    waiting: null,
    nextMode: null,
    outcome: null,
    run: {
      id: 'a00000001.1',
      no: 1,
      mode: 'fresh',
      startedAt: 0,
      settledAt: null,
      status: 'running',
      workspaceId: null,
      sessionId: 's',
      sessionConfirmed: true,
      model: null,
      process: null,
      turns: 1,
      openTurn: null,
      carried: [],
      retriesSpent: 0,
      usage: NO_USAGE,
      costUsd: 0,
    },
    runCount: 1,
    workspace: null,
    workspaceCount: 0,
    sessionId: 's',
    messages: [],
    attachments: [],
    approvals: [],
    stall: null,
    rank: 0,
    archivedAt: null,
    acceptedAt: null,
    usage: NO_USAGE,
    costUsd: 0,
    createdAt: 0,
    updatedAt: 0,
    ...change,
  };
}

export function anItem(id: string, change: Partial<Item> = {}): Item {
  return { id, text: `Item ${id}`, status: 'pending', reason: null, notes: [], check: null, ...change };
}

/** A task that is about to be made, with one pending item for each text. */
export function aNewTask(id: string, change: Partial<NewTask> = {}, items: readonly string[] = ['one']): NewTask {
  const { projectId, title, goal, base, agent, autonomy, limits, checks, attachments } = aTask();
  const texts = items.map((text) => ({ text, check: null }));
  return { id, projectId, title, goal, base, agent, autonomy, limits, checks, attachments, items: texts, ...change };
}
