import type { ReactNode } from 'react';
import type { Tone } from '../../../../contract/words/event.ts';
import { TONE_COLORS } from '../tone.ts';
import classes from './conversation.module.css';

interface LineProps {
  icon: ReactNode;
  tone?: Tone;
  /** Set back behind what is said and done. */
  quiet?: boolean;
  children: ReactNode;
}

/** One thing that happened, with its sign before it. */
export function Line({ icon, tone = 'plain', quiet = false, children }: LineProps) {
  return (
    <div className={classes.line} data-quiet={quiet || undefined}>
      <span className={classes.sign} style={TONE_COLORS[tone] ? { color: TONE_COLORS[tone] } : undefined}>
        {icon}
      </span>
      <div className={classes.lineWords}>{children}</div>
    </div>
  );
}

/** The end of a part of the conversation. */
export function Separator({ children }: { children: ReactNode }) {
  return <div className={classes.separator}>{children}</div>;
}
