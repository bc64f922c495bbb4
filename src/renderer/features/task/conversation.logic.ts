import type { LongText } from '../../../contract/run/long-text.ts';
import type { ToolCall } from '../../../contract/run/tool-call.ts';
import type { LoggedEvent, TaskEvent } from '../../../contract/task/events.ts';
import { describeEvent, type Tone } from '../../../contract/words/event.ts';
import { callOfEvent } from '../../../contract/words/tool.ts';

type EventOf<T extends TaskEvent['type']> = Extract<TaskEvent, { type: T }>;

export interface ToolResult {
  ok: boolean;
  output: LongText;
  durationMs: number | null;
}

/** `key` never changes while a row grows. `parent` is the tool call of a subagent that the row belongs to. */
export type Row = { key: string; at: number } & (
  | { kind: 'run'; no: number; mode: EventOf<'run.started'>['mode'] }
  /** `said`: what of it the user has written. */
  | { kind: 'prompt'; event: EventOf<'turn.requested'>; said: readonly string[] }
  | { kind: 'text'; content: LongText; parent: string | null }
  | { kind: 'thinking'; contents: readonly LongText[]; parent: string | null }
  | {
      kind: 'tool';
      call: ToolCall;
      callId: string;
      input: LongText;
      parent: string | null;
      /** The workspace it was called in, where that is known. */
      root: string | null;
      result: ToolResult | null;
      /** The turn is over and no result came. */
      dropped: boolean;
    }
  | { kind: 'check'; event: EventOf<'check.settled'> }
  | { kind: 'drover'; tone: Tone; words: string; hint: string | null }
  | { kind: 'turn'; event: EventOf<'turn.settled'> }
);

/** Makes rows of a log that grows at either end. */
export interface RowBuilder {
  /** The rows of these events, oldest first. Asked again with more events at the end, only those are looked at. */
  rows(events: readonly LoggedEvent[]): readonly Row[];
  /** Whether a call of that id is among the rows and has no result yet. */
  isOpen(callId: string): boolean;
}

export function createRowBuilder(): RowBuilder {
  let rows: Row[] = [];
  let open = new Map<string, number>();
  let queued = new Map<string, string>();
  let root: string | null = null;
  let seen = 0;
  let first: LoggedEvent | undefined;
  let last: LoggedEvent | undefined;

  function add(logged: LoggedEvent): void {
    const { event } = logged;
    const base = { key: String(logged.seq), at: logged.at };
    switch (event.type) {
      case 'run.started':
        rows.push({ ...base, kind: 'run', no: event.no, mode: event.mode });
        break;
      case 'workspace.ready':
        root = event.path;
        break;
      case 'turn.requested':
        rows.push({ ...base, kind: 'prompt', event, said: event.messageIds.flatMap((id) => queued.get(id) ?? []) });
        for (const id of event.messageIds) queued.delete(id);
        break;
      // Shown where it is sent; until then it is beside the box it was written in.
      case 'message.queued':
        queued.set(event.message.id, event.message.text);
        break;
      case 'message.edited':
        queued.set(event.messageId, event.text);
        break;
      case 'message.withdrawn':
        queued.delete(event.messageId);
        break;
      case 'entry.text':
        if (event.content.text.trim() !== '') {
          rows.push({ ...base, kind: 'text', content: event.content, parent: event.parent });
        }
        break;
      case 'entry.thinking': {
        const before = rows.at(-1);
        if (event.content.text.trim() === '') break;
        if (before?.kind === 'thinking' && before.parent === event.parent) {
          rows[rows.length - 1] = { ...before, contents: [...before.contents, event.content] };
        } else rows.push({ ...base, kind: 'thinking', contents: [event.content], parent: event.parent });
        break;
      }
      case 'tool.called': {
        const { callId, input, parent } = event;
        const call = callOfEvent(event);
        open.set(callId, rows.length);
        rows.push({ ...base, kind: 'tool', callId, call, input, parent, root, result: null, dropped: false });
        break;
      }
      case 'tool.settled': {
        const { callId, ok, output, durationMs } = event;
        const at = open.get(callId);
        const row = at === undefined ? undefined : rows[at];
        open.delete(callId);
        if (at !== undefined && row?.kind === 'tool') rows[at] = { ...row, result: { ok, output, durationMs } };
        break;
      }
      case 'check.settled':
        rows.push({ ...base, kind: 'check', event });
        break;
      case 'turn.settled':
        dropOpen();
        rows.push({ ...base, kind: 'turn', event });
        break;
      default: {
        if (event.type === 'run.settled') dropOpen();
        const said = isSpoken(event) ? describeEvent(event) : null;
        if (said) rows.push({ ...base, kind: 'drover', ...said });
      }
    }
  }

  function dropOpen(): void {
    for (const at of open.values()) {
      const row = rows[at];
      if (row?.kind === 'tool') rows[at] = { ...row, dropped: true };
    }
    open.clear();
  }

  return {
    isOpen: (callId) => open.has(callId),
    rows(events) {
      const grown = seen > 0 && events.length >= seen && events[0] === first && events[seen - 1] === last;
      if (grown && events.length === seen) return rows;
      if (grown) rows = rows.slice();
      else {
        rows = [];
        open = new Map();
        queued = new Map();
        root = null;
        seen = 0;
      }
      for (let at = seen; at < events.length; at += 1) {
        const event = events[at];
        if (event) add(event);
      }
      seen = events.length;
      first = events[0];
      last = events.at(-1);
      return rows;
    },
  };
}

/** What Drover says in the conversation; the rest is only in the log. */
export function isSpoken(event: TaskEvent): boolean {
  switch (event.type) {
    case 'verdict.reached':
      // The rest is said by what comes next: the end of the run, the message, or the wait before the next try.
      return event.decision === 'nudge' || event.decision === 'check';
    case 'item.noted':
      return event.note.by !== 'agent';
    case 'retry.scheduled':
    case 'autonomy.changed':
    case 'session.lost':
    case 'task.stop-requested':
    case 'task.cancelled':
    case 'run.settled':
    case 'item.changed':
    case 'item.added':
      return true;
    case 'notice.recorded':
      return event.level !== 'info';
    case 'approval.settled':
      return event.decision !== 'allow' || event.by !== 'autonomy';
    case 'task.created':
    case 'task.edited':
    case 'task.queued':
    case 'check.stop-requested':
    case 'task.moved':
    case 'task.archived':
    case 'task.accepted':
    case 'task.deleted':
    case 'message.queued':
    case 'message.edited':
    case 'message.withdrawn':
    case 'message.send-requested':
    case 'run.started':
    case 'workspace.requested':
    case 'workspace.ready':
    case 'agent.started':
    case 'session.started':
    case 'phase.changed':
    case 'turn.requested':
    case 'turn.settled':
    case 'check.settled':
    case 'entry.text':
    case 'entry.thinking':
    case 'tool.called':
    case 'tool.settled':
    case 'approval.requested':
    // The banner says it, and the card.
    case 'stall.noticed':
    case 'stall.cleared':
    case 'background.changed':
      return false;
    default:
      event satisfies never;
      return false;
  }
}

/** The index of the row that shows the event `seq`: rows are named after the event they begin with. */
export function rowOf(rows: readonly Row[], seq: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Number(rows[middle]?.key) <= seq) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
