import { Ban, CircleHelp, ShieldCheck, TriangleAlert } from 'lucide-react';
import { DECIDER_WORDS } from '../../../../contract/words/decided.ts';
import { visibleLine } from '../../../ui/text.logic.ts';
import { labels } from '../labels.ts';
import type { Decided } from './conversation.logic.ts';
import classes from './conversation.module.css';
import { Line } from './row-parts.tsx';

const LONGEST = 300;

/** What was answered: `Denied by you`. */
export function decidedLabel({ decision, by }: Decided): string {
  switch (decision) {
    case 'allow':
      return labels.decided.allowed(DECIDER_WORDS[by]);
    case 'deny':
      return labels.decided.denied(DECIDER_WORDS[by]);
    default:
      return labels.decided[decision];
  }
}

export const DECIDED_ICONS: Record<Decided['decision'], typeof Ban> = {
  allow: ShieldCheck,
  deny: Ban,
  expired: CircleHelp,
  withdrawn: CircleHelp,
  unasked: TriangleAlert,
};

/** The words that were given with an answer, in quotes; those of a rule are not quoted. */
export function DecidedWords({ decided: { by, words } }: { decided: Decided }) {
  const line = visibleLine(words, LONGEST);
  return <>{by === 'user' ? labels.decided.quoted(line) : line}</>;
}

/** An answer whose call is not there. */
export function DecidedRow({ decided, about }: { decided: Decided; about: string }) {
  const Icon = DECIDED_ICONS[decided.decision];
  return (
    <Line icon={<Icon size="1em" aria-hidden />} tone={decided.decision === 'allow' ? 'plain' : 'warning'}>
      <b>{decidedLabel(decided)}</b>
      {decided.words ? (
        <>
          : <DecidedWords decided={decided} />
        </>
      ) : (
        ''
      )}{' '}
      <span className={classes.dim}>{visibleLine(about, LONGEST)}</span>
    </Line>
  );
}
