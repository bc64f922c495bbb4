import type { Run } from '../run/state.ts';
import { type Column, type Stated, stateOf, type TaskState } from '../task/derive.ts';
import type { Task, TaskOutcome } from '../task/state.ts';

/** How a state is marked, by the name of a colour of the look. */
export type StateTone = 'gray' | 'blue' | 'orange' | 'teal' | 'red';

/** The one word for each state of a task, wherever it is told, and how it is marked. */
export const STATE_WORDS: Record<TaskState, { words: string; tone: StateTone }> = {
  draft: { words: 'Draft', tone: 'gray' },
  queued: { words: 'Queued', tone: 'gray' },
  starting: { words: 'Starting', tone: 'blue' },
  working: { words: 'Working', tone: 'blue' },
  waiting: { words: 'Waiting for you', tone: 'orange' },
  taken: { words: 'You have the session', tone: 'orange' },
  stopping: { words: 'Stopping', tone: 'blue' },
  blocked: { words: 'Blocked', tone: 'orange' },
  unblocked: { words: 'Unblocked', tone: 'orange' },
  stopped: { words: 'Stopped', tone: 'gray' },
  finished: { words: 'Finished', tone: 'teal' },
  done: { words: 'Done', tone: 'gray' },
  failed: { words: 'Failed', tone: 'red' },
};

/** The names of the columns of the board. */
export const COLUMN_WORDS: Record<Column, string> = {
  backlog: 'Backlog',
  running: 'Running',
  'needs-you': 'Needs you',
  review: 'Review',
  done: 'Done',
};

/** A task as far as its state and the reason for it go. */
export type Reasoned = Stated & Pick<Task, 'phaseWords' | 'waiting'> & { approvals: readonly unknown[] | number };

/** The word for the state of a task. */
export function stateWord(task: Stated): string {
  return STATE_WORDS[stateOf(task)].words;
}

/** The word for how a run stands: that of its task, as far as the run itself tells. */
export function runWord({ status, outcome }: Pick<Run, 'status' | 'outcome'>): string {
  if (outcome === 'interrupted') return INTERRUPTED;
  return STATE_WORDS[outcome === 'item-blocked' ? 'blocked' : STATE_OF_RUN[status]].words;
}

/** Of a run that has come to no end of its own; mostly, another one continues it. */
const INTERRUPTED = 'Interrupted';

const STATE_OF_RUN: Record<Run['status'], TaskState> = {
  running: 'working',
  completed: 'finished',
  failed: 'failed',
  cancelled: 'stopped',
};

/** Why a task is in its state, a few words or a sentence; null where that says no more than the state itself. */
export function stateReason(task: Reasoned): string | null {
  const state = stateOf(task);
  switch (state) {
    case 'draft':
    case 'stopping':
    case 'unblocked':
    case 'done':
      return null;
    case 'queued':
      return beyond(state, task.waiting?.words);
    case 'starting':
    case 'working':
    case 'taken':
      return beyond(state, task.phaseWords);
    case 'waiting': {
      const count = typeof task.approvals === 'number' ? task.approvals : task.approvals.length;
      const words = beyond(state, task.phaseWords);
      return count > 1 && words !== null ? `${count} answers needed: ${words}` : words;
    }
    case 'finished':
      // That everything is completed is what finished means.
      return task.outcome?.code === 'all-items-completed' ? null : beyond(state, task.outcome?.words);
    case 'blocked':
    case 'stopped':
    case 'failed':
      return beyond(state, task.outcome?.words);
  }
}

/** The state of a task in one line: `Blocked · There is no key.` */
export function describeState(task: Reasoned): string {
  const reason = stateReason(task);
  return reason === null ? stateWord(task) : `${stateWord(task)} · ${reason}`;
}

/** What the words say beyond the word of the state, with which they may begin. */
function beyond(state: TaskState, words: string | null | undefined): string | null {
  const text = words?.trim() ?? '';
  const { words: word } = STATE_WORDS[state];
  if (!text.toLowerCase().startsWith(word.toLowerCase())) return text === '' ? null : text;
  const rest = text.slice(word.length);
  // A longer word that begins alike.
  if (/^[\p{L}\p{N}]/u.test(rest)) return text;
  const more = rest.replace(/^[\s.:,;–·-]+/, '');
  return more === '' ? null : more.charAt(0).toUpperCase() + more.slice(1);
}

/** How a run ended, in one line: `Stopped.`, `Failed. It crashed.` or `Interrupted. Drover restarted.` */
export function describeEnd(status: 'completed' | 'failed' | 'cancelled', outcome: TaskOutcome): string {
  if (outcome.code === 'interrupted') return `${INTERRUPTED}. ${outcome.words}`.trimEnd();
  const state = status === 'completed' ? 'finished' : status === 'cancelled' ? 'stopped' : 'failed';
  const shown = outcome.code === 'item-blocked' ? 'blocked' : state;
  const more = beyond(shown, outcome.words);
  return `${STATE_WORDS[shown].words}.${more === null ? '' : ` ${more}`}`;
}
