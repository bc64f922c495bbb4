import type { Approval, ApprovalDecision } from '../../../contract/approval/state.ts';
import { SURFACE_WORDS } from '../../../contract/approval/words.ts';

const BY: Record<ApprovalDecision['by'], string> = {
  autonomy: 'by the autonomy of the task',
  rule: 'by a rule',
  user: 'by you',
  drover: 'by Drover',
};

const DONE: Record<ApprovalDecision['decision'], string> = {
  allow: 'Allowed',
  deny: 'Denied',
  expired: 'Expired',
  withdrawn: 'Withdrawn by the agent',
};

/** What became of an approval: `Allowed by you in the tray`. */
export function decidedWords({ decision }: Pick<Approval, 'decision'>): string {
  if (decision === null) return 'Waits for an answer';
  const { decision: done, by, from, scope } = decision;
  if (done === 'expired' || done === 'withdrawn') return DONE[done];
  const where = from === null ? '' : ` ${SURFACE_WORDS[from]}`;
  const length = scope === 'task' ? ', for this task' : scope === 'project' ? ', always in this project' : '';
  return `${DONE[done]} ${BY[by]}${where}${length}`;
}
