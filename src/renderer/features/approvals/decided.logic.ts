import type { Approval, ApprovalDecision, Surface } from '../../../contract/approval/state.ts';

const SURFACES: Record<Surface, string> = {
  window: 'in the window',
  browser: 'in a browser',
  'pop-up': 'in the pop-up',
  notification: 'by the notification',
  tray: 'in the tray',
  'command-line': 'on the command line',
  api: 'over the API',
};

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
  const where = from === null ? '' : ` ${SURFACES[from]}`;
  const length = scope === 'task' ? ', for this task' : scope === 'project' ? ', always in this project' : '';
  return `${DONE[done]} ${BY[by]}${where}${length}`;
}
