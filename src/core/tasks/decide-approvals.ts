import type { ApprovalDecision, PendingApproval } from '../../contract/approval/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { TaskCommand } from '../../contract/task/commands.ts';
import type { TaskEvent } from '../../contract/task/events.ts';
import type { Task } from '../../contract/task/state.ts';

const NO_TEXT = { text: '', bytes: 0, blob: null };
export const STOPPED_FIRST = 'Not run: the task was stopped before anyone answered.';

/** What the answer to an approval does to the task that asked. Pure. */
export function settleApproval(
  state: Task,
  { approvalId, decision, autonomy, stop: stops }: Extract<TaskCommand, { type: 'approval.settle' }>,
): Result<TaskEvent[]> {
  const { run } = state;
  const pending = state.approvals.find((one) => one.id === approvalId);
  if (!pending || !run || state.status !== 'running') {
    return reject('wrong-state', `Approval ${approvalId} no longer waits for an answer.`);
  }
  const events: TaskEvent[] = [settledEvent(run.id, pending, decision)];
  if (autonomy !== undefined && autonomy !== state.autonomy) events.push({ type: 'autonomy.changed', autonomy });
  if (stops && state.phase !== 'stopping') {
    const others = state.approvals.filter((one) => one !== pending);
    events.push(...expire(run.id, others, STOPPED_FIRST), { type: 'task.stop-requested', by: 'user' });
  }
  return accept(events);
}

/** What nobody has answered is over with what asked it: nothing that was asked stays open, and no answer reaches it. */
export function expire(runId: string, pending: readonly PendingApproval[], words: string): TaskEvent[] {
  const decision = { decision: 'expired', by: 'drover', from: null, scope: null, ruleId: null, edited: null } as const;
  return pending.map((one) => settledEvent(runId, one, { ...decision, words }));
}

function settledEvent(runId: string, pending: PendingApproval, decision: ApprovalDecision): TaskEvent {
  const { id: approvalId, tool, title } = pending;
  return { type: 'approval.settled', runId, approvalId, callId: null, tool, title, input: NO_TEXT, ...decision };
}
