import type { TaskEvent } from '../../../contract/task/events.ts';
import { cost } from '../../ui/format.logic.ts';
import { visibleLine } from '../../ui/text.logic.ts';
import { bytes, stepDuration, tokens } from './measure.logic.ts';
import { tellingArgument, toolName } from './tool.logic.ts';

export type Tone = 'plain' | 'good' | 'warning' | 'problem';

export interface Description {
  tone: Tone;
  words: string;
  hint: string | null;
}

/** Names of the kinds of prompts, as headings. */
export const PROMPT_WORDS: Record<Extract<TaskEvent, { type: 'turn.requested' }>['kind'], string> = {
  brief: 'Brief',
  nudge: 'Nudge',
  'check-failed': 'Check failed',
  'follow-up': 'Follow-up',
  continue: 'Go on',
  'try-again': 'Try again',
};

/** How a run began. */
export const MODE_WORDS: Record<Extract<TaskEvent, { type: 'run.started' }>['mode'], string> = {
  fresh: 'from the start',
  resume: 'resumed',
  rerun: 'afresh',
  recovery: 'after an interruption',
};

const STATUS_WORDS = { pending: 'pending', in_progress: 'begun', completed: 'completed', blocked: 'blocked' } as const;
const BY = { agent: 'by the agent', user: 'by you', drover: 'by Drover' } as const;
const ENDED = { completed: 'Completed', failed: 'Failed', cancelled: 'Stopped' } as const;

/** An event in words, for the log and for what Drover says in a conversation. */
export function describe(event: TaskEvent): Description {
  const [words, tone = 'plain', hint = null] = told(event);
  return { words, tone, hint };
}

/** What an event is about, for a filter. */
export const KINDS = {
  talk: 'What was said',
  tools: 'Tools',
  items: 'Checklist',
  turns: 'Turns and checks',
  approvals: 'Approvals',
  run: 'Task, run and workspace',
} as const;
export type Kind = keyof typeof KINDS;

export function kindOf(event: TaskEvent): Kind {
  const { type } = event;
  if (type.startsWith('entry.') || type === 'message.queued') return 'talk';
  if (type.startsWith('tool.') || type.startsWith('stall.') || type === 'background.changed') return 'tools';
  if (type.startsWith('item.')) return 'items';
  if (type.startsWith('approval.') || type === 'autonomy.changed') return 'approvals';
  if (/^(turn|verdict|retry|check)\./.test(type)) return 'turns';
  return 'run';
}

type Told = [words: string, tone?: Tone, hint?: string | null];

function told(event: TaskEvent): Told {
  switch (event.type) {
    case 'task.created':
      return [`Task created: ${visibleLine(event.task.title)}`];
    case 'task.edited':
      return [`Task edited: ${Object.keys(event.edit).join(', ')}`];
    case 'task.queued':
      return [`Queued. ${visibleLine(event.waiting.words)}`];
    case 'task.stop-requested':
      return [event.by === 'user' ? 'Stopping, as asked' : 'Stopping, because Drover is ending', 'warning'];
    case 'task.cancelled':
      return [visibleLine(event.outcome.words), 'warning', event.outcome.hint];
    case 'task.deleted':
      return ['Task deleted'];
    case 'task.moved':
      return ['Moved among the tasks that wait'];
    case 'task.accepted':
      return [event.accepted ? 'Marked as done' : 'No longer marked as done'];
    case 'task.archived':
      return [event.archived ? 'Archived' : 'Brought back from the archive'];
    case 'autonomy.changed':
      return [`From now on the autonomy is: ${event.autonomy}`, 'warning'];
    case 'message.queued':
      return [`Message from you: ${visibleLine(event.message.text)}`];
    case 'item.added':
      return [`Item ${event.item.id} added ${BY[event.by]}: ${visibleLine(event.item.text)}`];
    case 'item.changed': {
      const reason = event.reason ? `: ${visibleLine(event.reason)}` : '';
      const tone = event.status === 'completed' ? 'good' : event.status === 'blocked' ? 'warning' : 'plain';
      return [`Item ${event.itemId} ${STATUS_WORDS[event.status]} ${BY[event.by]}${reason}`, tone];
    }
    case 'item.noted':
      return [`Note on item ${event.itemId} ${BY[event.note.by]}: ${visibleLine(event.note.text)}`];
    case 'run.started':
      return [`Run ${event.no} started, ${MODE_WORDS[event.mode]}`];
    case 'run.settled': {
      const tone = event.status === 'completed' ? 'good' : event.status === 'failed' ? 'problem' : 'warning';
      return [`${ENDED[event.status]}. ${visibleLine(event.outcome.words, 1000)}`, tone, event.outcome.hint];
    }
    case 'workspace.requested':
      return [`Workspace being made on branch ${visibleLine(event.branch)}`];
    case 'workspace.ready':
      return [`Workspace ready on branch ${visibleLine(event.branch)}${event.reused ? ', as it was left' : ''}`];
    case 'agent.started': {
      const program = [event.program, event.version].filter((word) => word !== null).join(' ');
      return [
        `Agent started${program ? `: ${visibleLine(program)}` : ''}${event.process ? `, process ${event.process.pid}` : ''}`,
      ];
    }
    case 'session.started':
      return [`Session ${visibleLine(event.sessionId)}${event.model ? `, model ${visibleLine(event.model)}` : ''}`];
    case 'session.lost':
      return [visibleLine(event.words, 1000), 'warning'];
    case 'phase.changed':
      return [`Phase: ${event.phase}${event.words ? `, ${visibleLine(event.words)}` : ''}`];
    case 'turn.requested':
      return [`Turn ${event.turn} asked for (${PROMPT_WORDS[event.kind].toLowerCase()}), ${bytes(event.prompt.bytes)}`];
    case 'turn.settled':
      return [
        turnWords(event),
        event.result === 'ok' ? 'plain' : event.result === 'error' ? 'problem' : 'warning',
        event.error?.hint,
      ];
    case 'verdict.reached':
      return [visibleLine(event.words, 2000), VERDICT_TONES[event.decision] ?? 'plain'];
    case 'retry.scheduled':
      return [
        `Again in ${stepDuration(event.delayMs)} (attempt ${event.attempt}). ${visibleLine(event.words, 1000)}`,
        'warning',
      ];
    case 'check.settled':
      return [
        `Check ${event.ok ? 'passed' : 'failed'}: ${visibleLine(event.command.join(' '))}, ${stepDuration(event.durationMs)}`,
        event.ok ? 'good' : 'problem',
      ];
    case 'entry.text':
      return [`Agent: ${visibleLine(event.content.text)}`];
    case 'entry.thinking':
      return [`Agent thinks: ${visibleLine(event.content.text)}`];
    case 'tool.called':
      return [`${toolName(event.name)} called: ${tellingArgument(event.input.text)}`];
    case 'tool.settled': {
      const took = event.durationMs === null ? '' : ` after ${stepDuration(event.durationMs)}`;
      const what = `Tool call ${event.ok ? 'done' : 'failed'}${took}, ${bytes(event.output.bytes)}`;
      return [what, event.ok ? 'plain' : 'problem'];
    }
    case 'approval.requested':
      return [`Asks: ${visibleLine(event.title)}. ${visibleLine(event.reason.words)}`, 'warning'];
    case 'stall.noticed':
      return [visibleLine(event.words, 1000), 'warning', visibleLine(event.tail, 400)];
    case 'stall.cleared':
      return ['The command goes on'];
    case 'approval.settled': {
      const what = event.title ?? `${toolName(event.tool)} ${tellingArgument(event.input.text)}`;
      const tone = event.decision === 'allow' ? 'plain' : 'warning';
      return [`${DECIDED[event.decision]}: ${visibleLine(what)}. ${visibleLine(event.words)}`, tone];
    }
    case 'background.changed':
      return [
        event.work.length === 0
          ? 'Nothing runs in the background any more'
          : `In the background: ${event.work.map((work) => visibleLine(work.description, 80)).join('; ')}`,
      ];
    case 'notice.recorded':
      return [
        visibleLine(event.words, 1000),
        event.level === 'error' ? 'problem' : event.level === 'warning' ? 'warning' : 'plain',
      ];
    default:
      return [`An event of a newer Drover: ${visibleLine((event as { type: string }).type)}`];
  }
}

const DECIDED = {
  allow: 'Allowed',
  deny: 'Denied',
  expired: 'Not answered, so not done',
  withdrawn: 'No longer asked',
} as const;

const VERDICT_TONES: Partial<Record<Extract<TaskEvent, { type: 'verdict.reached' }>['decision'], Tone>> = {
  complete: 'good',
  blocked: 'warning',
  nudge: 'warning',
  'retries-spent': 'problem',
  'try-again': 'warning',
};

function turnWords(event: Extract<TaskEvent, { type: 'turn.settled' }>): string {
  const result = event.result === 'ok' ? 'ended' : event.result === 'error' ? 'failed' : 'was interrupted';
  const spent = [stepDuration(event.durationMs), tokens(event.usage), cost(event.costUsd)].filter(Boolean).join(', ');
  const error = event.error ? `. ${visibleLine(event.error.words, 1000)}` : '';
  return `Turn ${event.turn} ${result}: ${spent}${error}`;
}
