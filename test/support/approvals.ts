import type { Approval, ApprovalAnswer, ApprovalDetail, Surface } from '../../src/contract/approval/state.ts';
import type { Result } from '../../src/contract/rejection.ts';
import { must, type TestHost, USER } from './host.ts';

/** The first approval of a task that waits for an answer, now or as soon as there is one other than `not`. */
export async function pendingOf(
  drover: TestHost,
  taskId: string,
  not: readonly string[] = [],
): Promise<ApprovalDetail> {
  const seen = new Set(not);
  const event = await drover.event(taskId, 'approval.requested', ({ approvalId }) => !seen.has(approvalId));
  return must(await drover.core.api.approvals.get({ approvalId: event.approvalId }, USER));
}

/** Answers as a person in the window, unless `from` says otherwise. */
export function answer(
  drover: TestHost,
  approvalId: string,
  given: ApprovalAnswer | { type: 'allow' },
  more: { from?: Surface; commandId?: string } = {},
): Promise<Result<Approval>> {
  const complete: ApprovalAnswer = given.type === 'allow' ? { scope: 'once', ...given } : given;
  return drover.core.api.approvals.answer({ approvalId, answer: complete, from: 'window', ...more }, USER);
}

/** All approvals, newest first. */
export async function approvalsOf(drover: TestHost, taskId: string): Promise<Approval[]> {
  return must(await drover.core.api.approvals.list({ taskId, limit: 500 }, USER)).approvals;
}
