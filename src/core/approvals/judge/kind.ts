import type { ApprovalKind } from '../../../contract/approval/state.ts';
import type { ToolCall } from '../../../contract/run/tool-call.ts';

/** What a call asks a person for; a question that cannot be read as one is a tool call. */
export function approvalKindOf(call: ToolCall): ApprovalKind {
  if (call.kind === 'question') return call.questions === null ? 'tool' : 'question';
  return call.kind === 'plan' ? 'plan' : 'tool';
}

/** Whether only a person can answer a call, because it is a plan or a question. */
export function isForPerson({ kind }: Pick<ToolCall, 'kind'>): boolean {
  return kind === 'plan' || kind === 'question';
}
