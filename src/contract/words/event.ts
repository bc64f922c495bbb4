import type { QueuedMessage } from '../run/state.ts';
import type { TaskEvent } from '../task/events.ts';
import { visibleLine } from '../text.ts';
import { quoteCommand } from './argv.ts';
import { AUTONOMY_WORDS } from './autonomy.ts';
import { leftoverWords } from './clean-up.ts';
import { ACTOR_WORDS, DECIDER_WORDS, DECISION_WORDS } from './decided.ts';
import { landingTarget } from './landing.ts';
import { exceededWords } from './limit.ts';
import { bytes, cost, duration, plural, tokens } from './measure.ts';
import { describeSchedule } from './schedule.ts';
import { describeEnd } from './state.ts';
import { callName, callOfEvent, callWords, tellingArgument } from './tool.ts';

/** How many files were given with a message; empty where there are none. */
const filesOf = ({ attachments = [] }: QueuedMessage) =>
  attachments.length > 0 ? ` (${plural(attachments.length, 'file')})` : '';

export type EventOf<T extends TaskEvent['type']> = Extract<TaskEvent, { type: T }>;
export type Tone = 'plain' | 'good' | 'warning' | 'problem';

export interface Description {
  tone: Tone;
  /** One line, with nothing hidden in it. */
  words: string;
  hint: string | null;
}

/** What events are about, for a filter. */
export const EVENT_KINDS = {
  talk: 'What was said',
  tools: 'Tools',
  items: 'Checklist',
  turns: 'Turns and checks',
  approvals: 'Approvals',
  run: 'Task, run and workspace',
} as const;
export type EventKind = keyof typeof EVENT_KINDS;

/** Names of the kinds of prompts, as headings. */
export const PROMPT_WORDS: Record<EventOf<'turn.requested'>['kind'], string> = {
  brief: 'Brief',
  nudge: 'Nudge',
  'check-failed': 'Check failed',
  'follow-up': 'Follow-up',
  continue: 'Continue',
  'try-again': 'Try again',
};

/** How a run began. */
export const MODE_WORDS: Record<EventOf<'run.started'>['mode'], string> = {
  fresh: 'from the start',
  resume: 'resumed',
  rerun: 'from scratch',
  recovery: 'after an interruption',
};

const ITEM_WORDS: Record<EventOf<'item.changed'>['status'], string> = {
  pending: 'set to pending',
  in_progress: 'started',
  completed: 'completed',
  blocked: 'blocked',
  skipped: 'skipped',
};
const ENDED_TONES: Record<EventOf<'run.settled'>['status'], Tone> = {
  completed: 'good',
  failed: 'problem',
  cancelled: 'warning',
};
const VERDICT_TONES: Record<EventOf<'verdict.reached'>['decision'], Tone> = {
  complete: 'good',
  blocked: 'warning',
  nudge: 'warning',
  check: 'plain',
  'retries-spent': 'problem',
  'follow-up': 'plain',
  'try-again': 'warning',
  stop: 'plain',
};
const LEVEL_TONES: Record<EventOf<'notice.recorded'>['level'], Tone> = {
  info: 'plain',
  warning: 'warning',
  error: 'problem',
};

/** A sentence or more of foreign text; elsewhere a line's usual length holds. */
const LONG = 1000;

type Told = readonly [words: string, tone?: Tone, hint?: string | null];
type Entry<T extends TaskEvent['type']> = readonly [kind: EventKind, tell: (event: EventOf<T>) => Told];

/** Every event has words: one that is added does not compile until it is here. */
const WORDS = {
  'task.created': ['run', ({ task }) => [`Task created: ${visibleLine(task.title)}`]],
  'task.edited': ['run', ({ edit }) => [`Task edited: ${Object.keys(edit).join(', ')}`]],
  'task.queued': ['run', ({ waiting }) => [`Queued: ${visibleLine(waiting.words)}`]],
  'task.stop-requested': [
    'run',
    ({ by }) => [by === 'user' ? 'Stopping, as requested' : 'Stopping because Drover is quitting', 'warning'],
  ],
  'task.cancelled': ['run', ({ outcome }) => [visibleLine(outcome.words), 'warning', outcome.hint]],
  'task.deleted': ['run', () => ['Task deleted']],
  'leftover.removed': [
    'run',
    ({ what, name, bytes: size, by }) => [
      `${leftoverWords(what, name)} removed by ${by === 'user' ? 'Clean up' : 'the automatic clean-up'}${size === null ? '' : `, ${bytes(size)}`}`,
    ],
  ],
  'task.moved': ['run', () => ['Queue position changed']],
  'task.scheduled': ['run', ({ schedule }) => [`Schedule changed: ${describeSchedule(schedule)}`]],
  'task.accepted': ['run', ({ accepted }) => [accepted ? 'Marked as done' : 'No longer marked as done']],
  'task.archived': ['run', ({ archived }) => [archived ? 'Archived' : 'Restored from the archive']],
  'autonomy.changed': [
    'approvals',
    ({ autonomy }) => [`Autonomy changed to ${AUTONOMY_WORDS[autonomy].label}`, 'warning'],
  ],
  'check.stop-requested': ['run', () => ['Stopping the check']],
  'message.queued': [
    'talk',
    ({ message }) => [`Message from you, queued: ${visibleLine(message.text)}${filesOf(message)}`],
  ],
  'message.edited': ['talk', ({ text }) => [`Queued message edited: ${visibleLine(text)}`]],
  'message.send-requested': ['talk', () => ['Interrupting the agent to send your message']],
  'message.moved': ['talk', () => ['Queued message moved']],
  'message.withdrawn': ['talk', () => ['Queued message removed']],
  'landing.requested': [
    'run',
    ({ kind, how, onto }) => [
      kind === 'undo' ? `Undoing the landing on ${visibleLine(onto)}` : `Landing on ${visibleLine(onto)} (${how})`,
    ],
  ],
  'landing.prepared': ['run', ({ to }) => [`Landing prepared: ${to.slice(0, 7)}`]],
  'landing.settled': [
    'run',
    ({ kind, result, onto, commit, words }) =>
      result === 'failed'
        ? [visibleLine(words, LONG), 'warning']
        : [
            kind === 'undo'
              ? `Landing undone: ${landingTarget(onto, commit)}`
              : `Landed on ${landingTarget(onto, commit)}`,
            'good',
          ],
  ],
  'item.added': ['items', ({ item, by }) => [`Item ${item.id} added ${ACTOR_WORDS[by]}: ${visibleLine(item.text)}`]],
  'item.changed': [
    'items',
    ({ itemId, status, by, reason }) => [
      `Item ${itemId} ${ITEM_WORDS[status]} ${ACTOR_WORDS[by]}${reason ? `: ${visibleLine(reason)}` : ''}`,
      status === 'completed' ? 'good' : status === 'blocked' ? 'warning' : 'plain',
    ],
  ],
  'item.noted': [
    'items',
    ({ itemId, note }) => [`Note on item ${itemId} ${ACTOR_WORDS[note.by]}: ${visibleLine(note.text)}`],
  ],
  'run.started': ['run', ({ no, mode }) => [`Run ${no} started${mode === 'fresh' ? '' : `, ${MODE_WORDS[mode]}`}`]],
  'run.settled': [
    'run',
    ({ status, outcome }) => [
      visibleLine(describeEnd(status, outcome), LONG),
      outcome.code === 'interrupted' ? 'warning' : ENDED_TONES[status],
      outcome.hint,
    ],
  ],
  'workspace.requested': ['run', ({ branch }) => [`Making a workspace on branch ${visibleLine(branch)}`]],
  'workspace.ready': [
    'run',
    ({ path, branch, reused }) => [
      `Workspace ${visibleLine(path, LONG)} on branch ${visibleLine(branch)}${reused ? ', as it was left' : ''}`,
    ],
  ],
  'agent.started': [
    'run',
    ({ program, version, process }) => {
      const named = [program, version].filter((word) => word !== null).join(' ');
      return [`Agent started${named ? `: ${visibleLine(named)}` : ''}${process ? `, process ${process.pid}` : ''}`];
    },
  ],
  'session.started': [
    'run',
    ({ sessionId, model }) => [`Session ${visibleLine(sessionId)}${model ? `, model ${visibleLine(model)}` : ''}`],
  ],
  'session.hand-over-requested': [
    'run',
    ({ to, now }) => [
      to === 'loop'
        ? 'Return of the session requested'
        : `Take-over of the session requested${now ? ', which ends the turn' : ''}`,
    ],
  ],
  'session.handed-over': ['run', ({ to }) => [to === 'loop' ? 'Session returned to Drover' : 'Session taken over']],
  'session.lost': ['run', ({ words }) => [visibleLine(words, LONG), 'warning']],
  'phase.changed': ['run', ({ phase, words }) => [`Phase: ${phase}${words ? `, ${visibleLine(words)}` : ''}`]],
  'turn.requested': [
    'turns',
    ({ turn, kind, prompt }) => [`Turn ${turn} started (${PROMPT_WORDS[kind].toLowerCase()}), ${bytes(prompt.bytes)}`],
  ],
  'turn.settled': [
    'turns',
    (event) => [
      turnWords(event),
      event.result === 'ok' ? 'plain' : event.result === 'error' ? 'problem' : 'warning',
      event.error?.hint,
    ],
  ],
  'checkpoint.made': [
    'turns',
    ({ turn, kind }) => [kind === 'turn' ? `Checkpoint after turn ${turn}` : `Checkpoint before turn ${turn + 1}`],
  ],
  'verdict.reached': ['turns', ({ words, decision }) => [visibleLine(words, 2 * LONG), VERDICT_TONES[decision]]],
  'retry.scheduled': [
    'turns',
    ({ delayMs, attempt, words }) => [
      `Retrying in ${duration(delayMs)} (attempt ${attempt}): ${visibleLine(words, LONG)}`,
      'warning',
    ],
  ],
  'check.settled': [
    'turns',
    ({ ok, command, durationMs }) => [
      `Check ${ok ? 'passed' : 'failed'}: ${visibleLine(quoteCommand(command))}, ${duration(durationMs)}`,
      ok ? 'good' : 'problem',
    ],
  ],
  'entry.text': ['talk', ({ content }) => [`Agent: ${visibleLine(content.text)}`]],
  'entry.thinking': ['talk', ({ content }) => [`Agent thinks: ${visibleLine(content.text)}`]],
  'entry.typed': ['talk', ({ content }) => [`You in the terminal: ${visibleLine(content.text)}`]],
  'tool.called': [
    'tools',
    (event) => {
      const call = callOfEvent(event);
      return [`${callName(call)} called: ${tellingArgument(call, event.input.text)}`];
    },
  ],
  'tool.settled': [
    'tools',
    ({ ok, durationMs, output }) => [
      `Tool call ${ok ? 'done' : 'failed'}${durationMs === null ? '' : ` after ${duration(durationMs)}`}, ${bytes(output.bytes)}`,
      ok ? 'plain' : 'problem',
    ],
  ],
  'approval.requested': [
    'approvals',
    ({ title, reason }) => [`Asks: ${visibleLine(title)}. ${visibleLine(reason.words)}`, 'warning'],
  ],
  'approval.settled': [
    'approvals',
    (event) => [approvalWords(event), event.decision === 'allow' ? 'plain' : 'warning'],
  ],
  'stall.noticed': ['tools', ({ words, tail }) => [visibleLine(words, LONG), 'warning', visibleLine(tail, 400)]],
  'stall.cleared': ['tools', () => ['Command active again']],
  'limit.exceeded': ['run', (event) => [`Limit exceeded: ${exceededWords(event)}`, 'problem']],
  'background.changed': [
    'tools',
    ({ work }) => [
      work.length === 0
        ? 'Nothing is running in the background'
        : `Running in the background: ${work.map(({ description }) => visibleLine(description, 80)).join('; ')}`,
    ],
  ],
  'notice.recorded': ['run', ({ words, level }) => [visibleLine(words, LONG), LEVEL_TONES[level]]],
} satisfies { [T in TaskEvent['type']]: Entry<T> };

/** The events that have words: all of them. */
export type WordedEvent = keyof typeof WORDS;

type AnyEntry = readonly [kind: EventKind, tell: (event: never) => Told];

function entryOf(event: TaskEvent): AnyEntry | null {
  return Object.hasOwn(WORDS, event.type) ? WORDS[event.type] : null;
}

/** An event in words, the same in every log. One from a newer Drover says only what it is. */
export function describeEvent(event: TaskEvent): Description {
  const entry = entryOf(event);
  if (entry === null) {
    return { tone: 'plain', words: `Event from a newer Drover: ${visibleLine(event.type)}`, hint: null };
  }
  const [words, tone = 'plain', hint = null] = entry[1](event as never);
  return { words, tone, hint };
}

/** What an event is about. */
export function kindOfEvent(event: TaskEvent): EventKind {
  return entryOf(event)?.[0] ?? 'run';
}

function turnWords({ turn, result, durationMs, usage, costUsd, error }: EventOf<'turn.settled'>): string {
  const ended = { ok: 'ended', error: 'failed', interrupted: 'was interrupted' }[result];
  const spent = [duration(durationMs), tokens(usage), cost(costUsd)].filter(Boolean).join(', ');
  return `Turn ${turn} ${ended}: ${spent}${error ? `. ${visibleLine(error.words, LONG)}` : ''}`;
}

function approvalWords(event: EventOf<'approval.settled'>): string {
  const { decision, by, title, input, words } = event;
  const what = visibleLine(title ?? callWords(callOfEvent(event), input.text));
  const who = decision === 'allow' || decision === 'deny' ? ` ${DECIDER_WORDS[by]}` : '';
  return `${DECISION_WORDS[decision]}${who}: ${what}${words ? `. ${visibleLine(words)}` : ''}`;
}
