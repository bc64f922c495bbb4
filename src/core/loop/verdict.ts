import type { TurnError } from '../../contract/run/events.ts';
import { openItems } from '../../contract/task/derive.ts';
import type { Item, Task, TaskOutcome } from '../../contract/task/state.ts';
import { truncate } from '../../contract/text.ts';
import { duration, plural } from '../../contract/words/measure.ts';
import { CONTEXT_FULL, RATE_LIMITED, type TurnResult } from '../backends/backend.ts';

/** How often in a row an error of the service is waited out before the task fails. */
export const MAX_TRANSIENT = 8;
/** How often in a row a limit without a time is tried again soon, before all tasks of the agent wait. */
const MAX_LIMITED = 4;
const FIRST_DELAY_MS = 2000;
const MAX_DELAY_MS = 5 * 60 * 1000;

/** Why Drover ended a turn that would not have ended by itself: a clock ran out, or a message is to be read now. */
export type Cut = 'no-first-response' | 'turn-timeout' | 'inactive' | 'message';

/** What Drover concludes after a turn: from the checklist and the way the turn ended, never from the agent's words. */
export type Verdict =
  | { decision: 'complete' }
  | { decision: 'check' }
  | { decision: 'blocked' | 'retries-spent' | 'stop'; outcome: TaskOutcome }
  | { decision: 'follow-up' }
  | { decision: 'nudge'; open: Item[] }
  /** The service failed: wait, then go on in the same session. `limit`: the agent may not be used before. */
  | { decision: 'try-again'; reopen: false; delayMs: number; words: string; limit?: boolean }
  /** The conversation takes no more: go on in a new session in the same workspace. */
  | { decision: 'try-again'; reopen: 'new'; delayMs: 0; words: string }
  /** The agent's program died: start it again in the same session. */
  | { decision: 'try-again'; reopen: true; delayMs: 0; words: string };

export interface TurnFacts {
  result: TurnResult;
  /** Set when we cut the turn. */
  cut: Cut | null;
  /** How many turns in a row before this one failed with a transient error. */
  transientBefore: number;
  retriesSpent: number;
  /** Whether the agent has got anything done in this session since it was opened here. */
  progressed: boolean;
  /** Whether any command must pass before the task is complete. */
  hasChecks: boolean;
}

/** The verdict on a turn. Pure. */
export function reachVerdict(task: Task, turn: TurnFacts): Verdict {
  if (turn.cut && turn.cut !== 'message') return { decision: 'stop', outcome: cutOutcome(task, turn.cut) };
  if (turn.result.error) return verdictOfError(task, turn, turn.result.error);
  const open = openItems(task.items);
  // Ended for a message that has been removed since, with nothing else to go on with.
  const isForNothing = turn.cut === 'message' && task.messages.length === 0 && open.length === 0;
  if (turn.result.result === 'interrupted' && (turn.cut !== 'message' || isForNothing)) {
    return {
      decision: 'stop',
      outcome: { code: 'interrupted', words: 'The turn was interrupted.', hint: RESUME_HINT },
    };
  }
  // Set while a person had the session: nothing has been done for it.
  const isNew = task.goalIsNew === true && turn.result.result === 'ok' && turn.cut === null;
  if (task.messages.length > 0 || isNew) return { decision: 'follow-up' };
  const blocked = task.items.filter((item) => item.status === 'blocked');
  if (blocked.length > 0) return { decision: 'blocked', outcome: blockedOutcome(blocked) };
  if (open.length === 0) return { decision: turn.hasChecks ? 'check' : 'complete' };
  const { cause } = turn.result;
  // Sent back, it would end the same way.
  if (cause) return stopBy(cause);
  if (turn.retriesSpent >= task.limits.maxRetries && turn.cut !== 'message')
    return { decision: 'retries-spent', outcome: spentOutcome(task, open) };
  return { decision: 'nudge', open };
}

function verdictOfError(task: Task, turn: TurnFacts, error: TurnError): Verdict {
  if (error.code === RATE_LIMITED) return verdictOfLimit(turn, error);
  if (error.class === 'transient') {
    if (turn.transientBefore >= MAX_TRANSIENT) {
      const words = `The service failed ${turn.transientBefore + 1} times in a row: ${error.words}`;
      return { decision: 'stop', outcome: { code: 'backend-error', words, hint: RESUME_HINT } };
    }
    // A reset that is past by our clock says nothing: the clock may be wrong.
    const delayMs = Math.max(turn.result.retryAfterMs ?? 0, transientDelay(turn.transientBefore));
    return { decision: 'try-again', reopen: false, delayMs, words: error.words };
  }
  if (error.code === CONTEXT_FULL && turn.progressed) {
    return { decision: 'try-again', reopen: 'new', delayMs: 0, words: error.words };
  }
  if (error.class === 'crash' && turn.retriesSpent < task.limits.maxRetries) {
    return { decision: 'try-again', reopen: true, delayMs: 0, words: error.words };
  }
  return stopBy(error);
}

/** It lifts by itself, so it is waited for, however often; and where no time was given, for a while. */
function verdictOfLimit({ result, transientBefore }: TurnFacts, { words }: TurnError): Verdict {
  const toldMs = result.retryAfterMs ?? 0;
  const delayMs = transientBefore < MAX_LIMITED ? transientDelay(transientBefore) : MAX_DELAY_MS;
  const limit = toldMs > 0 || delayMs === MAX_DELAY_MS;
  return { decision: 'try-again', reopen: false, delayMs: Math.max(toldMs, delayMs), words, limit };
}

function stopBy(error: TurnError): Verdict {
  const code = error.class === 'crash' ? 'crashed' : error.code === 'unasked' ? 'unasked' : 'backend-error';
  return { decision: 'stop', outcome: { code, words: error.words, hint: error.hint ?? RESUME_HINT } };
}

/** Milliseconds before the next try: 2 s, 4 s, 8 s, ... at most 5 minutes. */
export function transientDelay(before: number): number {
  return Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** before);
}

function cutOutcome(task: Task, cut: Exclude<Cut, 'message'>): TaskOutcome {
  const { limits } = task;
  const words = {
    'no-first-response': `The agent did not respond within ${duration(limits.firstResponseMs)}.`,
    'turn-timeout': `The turn took longer than ${duration(limits.turnMs)}.`,
    inactive: `The agent was silent for ${duration(limits.inactivityMs)}.`,
  }[cut];
  return { code: cut, words, hint: RESUME_HINT };
}

function blockedOutcome(blocked: readonly Item[]): TaskOutcome {
  const [only] = blocked.length === 1 ? blocked : [];
  const words = only
    ? (only.reason ?? 'No reason was given.')
    : blocked.map(({ text, reason }) => `“${truncate(text, 60)}”: ${reason ?? 'no reason was given'}`).join('\n');
  return {
    code: 'item-blocked',
    words,
    hint: 'When it is fixed, unblock it or send a message, and the task continues.',
  };
}

/** The outcome when the agent has been reminded as often as allowed. */
export function spentOutcome(task: Task, open: readonly Item[]): TaskOutcome {
  const n = task.limits.maxRetries;
  const [only] = open.length === 1 ? open : [];
  const what = only ? `“${truncate(only.text, 80)}”` : plural(open.length, 'item');
  return {
    code: 'retries-spent',
    words: `The agent stopped before finishing ${what}${n === 0 ? '' : `, after ${plural(n, 'reminder')}`}.`,
    hint: RESUME_HINT,
  };
}

/** What a person can do about a task whose work is kept. */
export const RESUME_HINT = 'The work is kept. Resume the task to continue.';
