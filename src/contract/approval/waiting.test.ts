import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aNewTask } from '../../../test/support/task.ts';
import type { LoggedEvent, TaskEvent } from '../task/events.ts';
import { fold } from '../task/fold.ts';
import type { Task } from '../task/state.ts';
import { waitingAfter } from './waiting.ts';

const TASKS = ['a00000001', 'a00000002'] as const;
const text = { text: '', bytes: 0, blob: null };
const outcome = { code: 'by-user', words: '', hint: null } as const;

const requested = (runId: string, approvalId: string): TaskEvent => ({
  type: 'approval.requested',
  runId,
  approvalId,
  callId: null,
  kind: 'tool',
  tool: 'Bash',
  title: approvalId,
  input: text,
  folder: '/',
  reason: { by: 'autonomy', words: '', ruleId: null, protects: null },
});
const settled = (runId: string, approvalId: string): TaskEvent => ({
  type: 'approval.settled',
  runId,
  approvalId,
  callId: null,
  tool: 'Bash',
  input: text,
  decision: 'allow',
  by: 'user',
  words: '',
});

function waitingOf(log: readonly LoggedEvent[]): readonly { id: string; taskId: string }[] {
  let waiting: readonly { id: string; taskId: string }[] = [];
  for (const one of log) {
    waiting = waitingAfter(waiting, one, ({ approvalId }, { taskId }) => ({ id: approvalId, taskId }));
  }
  return waiting;
}

/** What the tasks themselves say waits, oldest first. */
function foldedOf(log: readonly LoggedEvent[]): { id: string; taskId: string }[] {
  const tasks = new Map<string, Task | null>();
  for (const { taskId, event, at } of log) tasks.set(taskId, fold(tasks.get(taskId) ?? null, event, at));
  return [...tasks]
    .flatMap(([taskId, task]) => (task?.approvals ?? []).map(({ id, askedAt }) => ({ id, taskId, askedAt })))
    .sort((a, b) => a.askedAt - b.askedAt)
    .map(({ id, taskId }) => ({ id, taskId }));
}

/** The log of two tasks: `steps` are drawn, and each becomes what can happen then. */
function logOf(steps: readonly { task: number; what: string; which: number }[]): LoggedEvent[] {
  const log: LoggedEvent[] = [];
  const runs = new Map<string, number>();
  const add = (taskId: string, event: TaskEvent) =>
    log.push({ seq: log.length + 1, taskId, at: log.length + 1, event });
  for (const taskId of TASKS) {
    const { items: _items, ...task } = aNewTask(taskId);
    add(taskId, { type: 'task.created', task: { ...task, kind: 'agent' }, items: [] });
  }
  const open = new Set<string>();
  for (const { task, what, which } of steps) {
    const taskId = TASKS[task % TASKS.length] ?? TASKS[0];
    const no = runs.get(taskId) ?? 0;
    const runId = `${taskId}.${no}`;
    const approvalId = `q${taskId}${no}${which}`;
    if (what === 'run') {
      if (open.has(taskId)) add(taskId, { type: 'run.settled', runId, status: 'cancelled', outcome });
      else {
        runs.set(taskId, no + 1);
        add(taskId, {
          type: 'run.started',
          runId: `${taskId}.${no + 1}`,
          no: no + 1,
          mode: 'fresh',
          sessionId: null,
        });
      }
      if (!open.delete(taskId)) open.add(taskId);
    } else if (!open.has(taskId)) continue;
    else if (what === 'settle') add(taskId, settled(runId, approvalId));
    else if (!log.some(({ event }) => event.type === 'approval.requested' && event.approvalId === approvalId)) {
      add(taskId, requested(runId, approvalId));
    }
  }
  return log;
}

const steps = fc.array(
  fc.record({
    task: fc.nat({ max: 1 }),
    what: fc.constantFrom('run', 'ask', 'ask', 'settle'),
    which: fc.nat({ max: 3 }),
  }),
  { maxLength: 40 },
);

describe('what waits for a person', () => {
  it('is what the tasks say, after any events', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        expect(waitingOf(logOf(drawn))).toEqual(foldedOf(logOf(drawn)));
      }),
    );
  });

  it('is the same when some events come twice, from an earlier one on', () => {
    fc.assert(
      fc.property(steps, fc.nat(), fc.nat(), (drawn, one, other) => {
        const log = logOf(drawn);
        const [from, to] = [one % log.length, other % log.length].sort((a, b) => a - b) as [number, number];
        const again = [...log.slice(0, to), ...log.slice(from)];
        expect([...waitingOf(again)].map(({ id }) => id).sort()).toEqual(
          foldedOf(log)
            .map(({ id }) => id)
            .sort(),
        );
      }),
    );
  });

  it('is the same array when nothing of it has changed, and leaves out what cannot be told', () => {
    const log = (event: TaskEvent): LoggedEvent => ({ seq: 1, taskId: TASKS[0], at: 1, event });
    const waiting = [{ id: 'q00000001', taskId: TASKS[0] }];
    const add = () => ({ id: 'q00000002', taskId: TASKS[0] });
    expect(waitingAfter(waiting, log({ type: 'task.moved', rank: 1 }), add)).toBe(waiting);
    expect(waitingAfter(waiting, log(settled('a00000001.1', 'q00000009')), add)).toBe(waiting);
    expect(waitingAfter(waiting, log(requested('a00000001.1', 'q00000002')), () => null)).toBe(waiting);
    expect(waitingAfter(waiting, log({ type: 'task.deleted' }), add)).toEqual([]);
  });
});
