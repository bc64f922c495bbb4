import { type Column, stateOf } from '../../../contract/task/derive.ts';
import { needOf } from '../../../contract/task/needs-you.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { ago } from '../../../contract/words/measure.ts';
import { STATE_WORDS, type StateTone, stateReason, stateWord } from '../../../contract/words/state.ts';
import { labels } from './labels.ts';

/** How long the newest run has taken or takes; null when there was none. Milliseconds. */
export function elapsed(task: TaskSummary, now: number): number | null {
  if (task.startedAt === null) return null;
  return (task.settledAt ?? now) - task.startedAt;
}

/**
 * What happens in a task now, in one line: the item that is worked on, what its agent is `doing`, the question, the
 * reason, or else the state.
 * Where a column or an icon says the state, the line does not.
 */
export function nowOf(task: TaskSummary, doing: string | null = null): string {
  const state = stateOf(task);
  const reason = stateReason(task);
  if (state === 'working') return reason ?? task.currentItem ?? doing ?? stateWord(task);
  if (needOf(task) !== null) return reason ?? stateWord(task);
  return reason === null ? stateWord(task) : `${stateWord(task)} · ${reason}`;
}

/** The colour of that line. Only what a person has to look at has one. */
export function toneOf(task: TaskSummary): StateTone {
  const { tone } = STATE_WORDS[stateOf(task)];
  return tone === 'teal' || needOf(task) !== null ? tone : 'gray';
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Whether the age of something counts in seconds. */
export function isYoung(at: number, now: number): boolean {
  return now - at < MINUTE;
}

/** How long ago something was, to the second in the first minute: `12 s ago`, `3 min ago`. */
export function agoWords(at: number, now: number): string {
  if (!isYoung(at, now)) return ago(at, now);
  const seconds = Math.floor((now - at) / SECOND);
  return seconds < 1 ? labels.card.justNow : labels.card.secondsAgo(seconds);
}

export const COLUMN_TONES: Record<Column, StateTone> = {
  backlog: 'gray',
  running: 'blue',
  'needs-you': 'orange',
  review: 'teal',
  done: 'gray',
};
