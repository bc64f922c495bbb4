import { CircleCheck, CircleHelp, CircleX } from 'lucide-react';
import type { RuleDecision } from '../../../contract/approval/rule.ts';
import { DECISION_COLORS } from './rule.logic.ts';

const ICONS = { allow: CircleCheck, ask: CircleHelp, deny: CircleX } as const;

/** The sign of a decision, beside words that say it too. */
export function DecisionIcon({ decision }: { decision: RuleDecision }) {
  const Icon = ICONS[decision];
  return <Icon size="1.1em" color={DECISION_COLORS[decision]} style={{ flex: 'none' }} aria-hidden />;
}
