import type { LoggedEvent, TaskEvent } from '../../../../contract/task/events.ts';
import { DECIDER_WORDS, DECISION_WORDS } from '../../../../contract/words/decided.ts';
import { describeEvent, type Tone } from '../../../../contract/words/event.ts';
import { bytes, duration } from '../../../../contract/words/measure.ts';
import { callOfEvent, callWords } from '../../../../contract/words/tool.ts';
import { labels } from '../labels.ts';

/** One line of a log: an event, or a call with what was answered to it and its result. Oldest first. */
export type LogRow = readonly LoggedEvent[];

/** Puts what belongs to one call into one row, where the call is there; everything else stays by itself. */
export function logRows(events: readonly LoggedEvent[]): LogRow[] {
  const rows: LoggedEvent[][] = [];
  const calls = new Map<string, LoggedEvent[]>();
  const asked = new Map<string, LoggedEvent[]>();
  for (const logged of events) {
    const row = rowOfCall(logged.event, calls, asked);
    if (row) {
      row.push(logged);
      if (logged.event.type === 'tool.settled') calls.delete(logged.event.callId);
      continue;
    }
    const alone = [logged];
    rows.push(alone);
    if (logged.event.type === 'tool.called') calls.set(logged.event.callId, alone);
  }
  return rows;
}

function rowOfCall(
  event: TaskEvent,
  calls: ReadonlyMap<string, LoggedEvent[]>,
  asked: Map<string, LoggedEvent[]>,
): LoggedEvent[] | undefined {
  switch (event.type) {
    case 'tool.settled':
      return calls.get(event.callId);
    case 'approval.requested': {
      const row = event.callId === null ? undefined : calls.get(event.callId);
      if (row) asked.set(event.approvalId, row);
      return row;
    }
    case 'approval.settled':
      if (event.callId !== null) return calls.get(event.callId);
      return event.approvalId === undefined ? undefined : asked.get(event.approvalId);
    default:
      return undefined;
  }
}

export interface LogWords {
  words: string;
  /** What stands at the end of the line: who allowed it, how long it took. */
  end: string;
  tone: Tone;
}

/** A row in words. */
export function logWords(row: LogRow): LogWords {
  const [first] = row;
  if (first?.event.type !== 'tool.called') {
    const { words, tone } = first ? describeEvent(first.event) : { words: '', tone: 'plain' as const };
    return { words, tone, end: '' };
  }
  const words = callWords(callOfEvent(first.event), first.event.input.text);
  const end: string[] = [];
  let tone: Tone = 'plain';
  for (const { event } of row) {
    if (event.type === 'approval.settled') {
      end.push(`${DECISION_WORDS[event.decision].toLowerCase()} ${DECIDER_WORDS[event.by]}`);
      if (event.decision !== 'allow') tone = 'warning';
    } else if (event.type === 'tool.settled') {
      if (!event.ok && tone === 'plain') {
        end.push(labels.call.failed);
        tone = 'problem';
      }
      if (event.durationMs !== null) end.push(duration(event.durationMs));
      end.push(bytes(event.output.bytes));
    }
  }
  if (row.length === 1) end.push(labels.log.running);
  return { words, end: end.join(' · '), tone };
}
