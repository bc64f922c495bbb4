import type { ApprovalDecision, Surface } from '../approval/state.ts';
import type { Actor } from '../task/state.ts';

/** Where an answer was given. */
export const SURFACE_WORDS: Record<Surface, string> = {
  window: 'in the window',
  browser: 'in a browser tab',
  'pop-up': 'in the pop-up',
  notification: 'in the notification',
  tray: 'in the tray',
  'command-line': 'on the command line',
  api: 'over the API',
  terminal: 'in the agent’s terminal',
};

/** Who or what decided. */
export const DECIDER_WORDS: Record<ApprovalDecision['by'], string> = {
  autonomy: 'by the task’s autonomy',
  rule: 'by a rule',
  user: 'by you',
  drover: 'by Drover',
};

/** What was decided. */
export const DECISION_WORDS: Record<ApprovalDecision['decision'], string> = {
  allow: 'Allowed',
  deny: 'Denied',
  expired: 'Expired unanswered',
  withdrawn: 'Withdrawn by the agent',
  unasked: 'Done without being asked',
};

/** Who did something to a task or its checklist. */
export const ACTOR_WORDS: Record<Actor, string> = { agent: 'by the agent', user: 'by you', drover: 'by Drover' };

/** Who decided, where and for how long: `by you in the tray, for this task`. */
export function deciderWords({ by, from, scope }: Pick<ApprovalDecision, 'by' | 'from' | 'scope'>): string {
  const where = from === null ? '' : ` ${SURFACE_WORDS[from]}`;
  const length = scope === 'task' ? ', for this task' : scope === 'project' ? ', always in this project' : '';
  return `${DECIDER_WORDS[by]}${where}${length}`;
}

/** What became of an approval: `Allowed by you in the tray`; null while it waits. */
export function decidedWords(decision: ApprovalDecision | null): string {
  if (decision === null) return 'Waiting for an answer';
  const done = DECISION_WORDS[decision.decision];
  if (!['allow', 'deny'].includes(decision.decision)) return done;
  return `${done} ${deciderWords(decision)}`;
}
