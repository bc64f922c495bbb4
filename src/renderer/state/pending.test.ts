import { expect, it } from 'vitest';
import type { Approval } from '../../contract/approval/state.ts';
import type { LoggedEvent, TaskEvent } from '../../contract/task/events.ts';
import { createPending } from './pending.ts';

const TASK = 'a00000001';
const log = (event: TaskEvent): LoggedEvent => ({ seq: 1, taskId: TASK, at: 7, event });
const runId = `${TASK}.1`;

function approval(id: string): Approval {
  return {
    ...{ id, taskId: TASK, taskTitle: 'Title', projectId: 'p00000001', runId, callId: null, kind: 'tool' },
    ...{ tool: 'Bash', title: `Run ${id}`, status: 'pending', folder: '/w', askedAt: 7, settledAt: null },
    ...{ decision: null, followed: null, reason: { by: 'autonomy', words: 'Why.', ruleId: null, protects: null } },
  };
}
const requested = (id: string) =>
  log({
    ...{ type: 'approval.requested', runId, approvalId: id, callId: null, kind: 'tool', tool: 'Bash' },
    ...{ title: `Run ${id}`, input: { text: '', bytes: 0, blob: null }, folder: '/w' },
    reason: { by: 'autonomy', words: 'Why.', ruleId: null, protects: null },
  });
const settled = (id: string) =>
  log({
    ...{ type: 'approval.settled', runId, approvalId: id, callId: null, tool: 'Bash' },
    ...{ input: { text: '', bytes: 0, blob: null }, decision: 'deny', by: 'user', words: '' },
  });

/** The list over a core that answers when it is told to. */
function given(knowsTask = true) {
  const asked: ((approvals: Approval[], pending?: number) => void)[] = [];
  const pending = createPending({
    client: {
      approvals: {
        list: () =>
          new Promise((resolve) => {
            asked.push((approvals, count = approvals.length) =>
              resolve({ approvals, nextCursor: null, pending: count }),
            );
          }),
      },
    } as never,
    taskOf: () => (knowsTask ? { title: 'Title', projectId: 'p00000001' } : undefined),
    answered: (call) => call(),
  });
  const ids = () => pending.list.get()?.approvals.map(({ id }) => id);
  return { pending, asked, ids };
}

it('follows the events without asking again, with all that the core would say', async () => {
  const { pending, asked, ids } = given();
  const read = pending.read();
  asked[0]?.([approval('q1')]);
  await read;
  pending.take(requested('q2'));
  expect(pending.list.get()).toEqual({ approvals: [approval('q1'), approval('q2')], total: 2 });
  pending.take(settled('q1'));
  pending.take(settled('q9'));
  expect(ids()).toEqual(['q2']);
  pending.take(log({ type: 'task.deleted' }));
  expect(pending.list.get()).toEqual({ approvals: [], total: 0 });
  expect(asked).toHaveLength(1);
});

it('loses nothing that happens while the list is asked for', async () => {
  const { pending, asked, ids } = given();
  const read = pending.read();
  pending.take(requested('q2'));
  pending.take(settled('q1'));
  asked[0]?.([approval('q1')]);
  await read;
  expect(ids()).toEqual(['q2']);
});

it('asks again for a task that it does not know, and when there is more than is listed', async () => {
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const unknown = given(false);
  void unknown.pending.read();
  unknown.asked[0]?.([]);
  await settle();
  unknown.pending.take(requested('q2'));
  unknown.asked[1]?.([approval('q2')]);
  await settle();
  expect(unknown.ids()).toEqual(['q2']);

  const many = given();
  void many.pending.read();
  many.asked[0]?.([approval('q1')], 2);
  await settle();
  many.pending.take(settled('q1'));
  expect(many.pending.list.get()?.total).toBe(1);
  many.asked[1]?.([approval('q2')]);
  await settle();
  expect(many.pending.list.get()).toEqual({ approvals: [approval('q2')], total: 1 });
});
