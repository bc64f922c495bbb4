import type { ApprovalReason, PendingApproval } from '../../contract/approval/state.ts';
import { revealHidden } from '../../contract/text.ts';

/** An approval that waits for a person, as the tray, the notifications and the pop-up know it. */
export interface WaitingApproval extends PendingApproval {
  taskId: string;
  taskTitle: string;
  projectId: string;
  /**
   * Whether its title says enough to allow it without looking closer: it is about a tool, nothing that always asks, and
   * the title is whole and hides nothing.
   */
  isPlain: boolean;
}

/** `reason` is null when nobody knows why it was asked: then it is not plain. */
export function isPlain(
  { kind, title }: Pick<PendingApproval, 'kind' | 'title'>,
  reason: ApprovalReason | null,
): boolean {
  if (kind !== 'tool' || reason === null || reason.by === 'protected') return false;
  return !/…\s*$|\n/.test(title) && revealHidden(title) === title;
}
