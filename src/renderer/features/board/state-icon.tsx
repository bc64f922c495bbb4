import {
  Ban,
  Check,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleStop,
  CircleX,
  Clock,
  Hand,
  MessageCircleQuestion,
  SquareTerminal,
} from 'lucide-react';
import { stateOf, type TaskState } from '../../../contract/task/derive.ts';
import { type Need, needOf } from '../../../contract/task/needs-you.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { STATE_WORDS } from '../../../contract/words/state.ts';
import { useNow } from '../../state/hooks.ts';
import classes from './card.module.css';
import { labels } from './labels.ts';

type Icon = typeof Ban;

const NEED_ICONS: Record<Need, Icon> = {
  answer: MessageCircleQuestion,
  stall: SquareTerminal,
  taken: Hand,
  blocked: Ban,
  failed: CircleX,
};

const STATE_ICONS: Partial<Record<TaskState, Icon>> = {
  draft: CircleDashed,
  queued: Clock,
  finished: CircleCheck,
  stopped: CircleStop,
  done: Check,
};

/** How a task stands, as a sign. That it needs somebody has a name of its own: the line beside it says for what. */
export function StateIcon({ task }: { task: TaskSummary }) {
  const state = stateOf(task);
  const { tone } = STATE_WORDS[state];
  const need = needOf(task);
  if (need !== null) {
    const Sign = NEED_ICONS[need];
    return <Sign className={classes.icon} data-tone={tone} role="img" aria-label={labels.card.needs[need]} />;
  }
  const Sign = STATE_ICONS[state];
  if (Sign) return <Sign className={classes.icon} data-tone={tone} aria-hidden />;
  return tone === 'blue' ? <Pulse /> : <CircleAlert className={classes.icon} data-tone={tone} aria-hidden />;
}

/** Beats with the clock that counts its seconds anyway: an animation would keep the page drawing. */
function Pulse() {
  const isOn = Math.floor(useNow(true, 1000) / 1000) % 2 === 0;
  return <span className={classes.pulse} data-on={isOn || undefined} aria-hidden />;
}
