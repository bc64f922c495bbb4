import type { ApprovalDecision } from '../../../../contract/approval/state.ts';
import type { LongText } from '../../../../contract/run/long-text.ts';
import type { ToolCall } from '../../../../contract/run/tool-call.ts';
import type { LoggedEvent } from '../../../../contract/task/events.ts';
import type { Actor, ItemStatus } from '../../../../contract/task/state.ts';
import { visibleLine } from '../../../../contract/text.ts';
import { describeEvent, type EventOf, type Tone } from '../../../../contract/words/event.ts';
import { callOfEvent } from '../../../../contract/words/tool.ts';
import { isSpoken } from './spoken.logic.ts';

export interface ToolResult {
  ok: boolean;
  output: LongText;
  durationMs: number | null;
}

/** What was answered when an agent asked before a call. */
export type Decided = Pick<ApprovalDecision, 'decision' | 'by' | 'words'>;

/**
 * `key` is the number of the event it begins with and never changes while a row grows. `run` is the number of the run it
 * belongs to. `parent` is the tool call of a subagent that the row belongs to.
 */
export type Row = { key: string; at: number; run: number } & (
  | { kind: 'run'; mode: EventOf<'run.started'>['mode'] }
  /** `said`: what of it the user has written. `reminder`: which one it is, and how many items it is about. */
  | {
      kind: 'prompt';
      event: EventOf<'turn.requested'>;
      said: readonly string[];
      reminder: { no: number; open: number } | null;
    }
  | { kind: 'text'; content: LongText; parent: string | null }
  /** What the person has typed in the terminal of the agent. */
  | { kind: 'typed'; content: LongText }
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
      /** Null while nobody was asked, or the autonomy answered. */
      decided: Decided | null;
      /** It waits for a person to allow it. */
      asks: boolean;
      /** The turn is over and no result came. */
      dropped: boolean;
    }
  | { kind: 'check'; event: EventOf<'check.settled'> }
  | { kind: 'item'; itemId: string; status: ItemStatus; by: Actor; reason: string | null }
  | { kind: 'added'; itemId: string; text: string; by: Actor }
  | { kind: 'note'; itemId: string; text: string; by: Actor }
  /** An answer whose call is not among the rows. */
  | { kind: 'decided'; decided: Decided; title: string }
  | { kind: 'end'; status: EventOf<'run.settled'>['status']; outcome: EventOf<'run.settled'>['outcome'] }
  | { kind: 'drover'; tone: Tone; words: string; hint: string | null }
  /** `said`: what went wrong in it is told by what follows. */
  | { kind: 'turn'; event: EventOf<'turn.settled'>; said: boolean }
);
export type RowOf<Kind extends Row['kind']> = Extract<Row, { kind: Kind }>;

/** Makes rows of a log that grows at either end. */
export interface RowBuilder {
  /** The rows of these events, oldest first. Asked again with more events at the end, only those are looked at. */
  rows(events: readonly LoggedEvent[]): readonly Row[];
  /** Whether a call of that id is among the rows and has no result yet. */
  isOpen(callId: string): boolean;
}

interface State {
  rows: Row[];
  /** Where the rows of calls are that have no result yet. */
  open: Map<string, number>;
  /** Where the row of each call of the turn under way is, open or not. */
  calls: Map<string, number>;
  /** Requests that are not answered: their calls and titles. */
  asked: Map<string, { callId: string | null; title: string }>;
  queued: Map<string, string>;
  reminder: RowOf<'prompt'>['reminder'];
  root: string | null;
  run: number;
  /** Where the newest end of a turn is. */
  turn: number | null;
}

const fresh = (): State => ({
  rows: [],
  open: new Map(),
  calls: new Map(),
  asked: new Map(),
  queued: new Map(),
  reminder: null,
  root: null,
  run: 1,
  turn: null,
});

export function createRowBuilder(): RowBuilder {
  let state = fresh();
  let seen = 0;
  let first: LoggedEvent | undefined;
  let last: LoggedEvent | undefined;

  return {
    isOpen: (callId) => state.open.has(callId),
    rows(events) {
      const grown = seen > 0 && events.length >= seen && events[0] === first && events[seen - 1] === last;
      if (grown && events.length === seen) return state.rows;
      if (grown) state.rows = state.rows.slice();
      else {
        state = fresh();
        state.run = firstRun(events);
        seen = 0;
      }
      for (let at = seen; at < events.length; at += 1) {
        const event = events[at];
        if (event) add(state, event);
      }
      seen = events.length;
      first = events[0];
      last = events.at(-1);
      return state.rows;
    },
  };
}

/** The number of a run, which its id ends with. */
function runNo(runId: string): number {
  return Number(runId.slice(runId.lastIndexOf('.') + 1)) || 1;
}

/** The run in which a part of a log begins. */
function firstRun(events: readonly LoggedEvent[]): number {
  for (const { event } of events) if ('runId' in event) return runNo(event.runId);
  return 1;
}

function add(state: State, { seq, at, event }: LoggedEvent): void {
  if ('runId' in event) state.run = runNo(event.runId);
  const base = { key: String(seq), at, run: state.run };
  switch (event.type) {
    case 'run.started':
      state.rows.push({ ...base, kind: 'run', mode: event.mode });
      break;
    case 'workspace.ready':
      state.root = event.path;
      break;
    case 'verdict.reached':
      state.reminder = event.decision === 'nudge' ? { no: event.retriesSpent, open: event.open.length } : null;
      break;
    case 'turn.requested': {
      const said = event.messageIds.flatMap((id) => state.queued.get(id) ?? []);
      state.rows.push({ ...base, kind: 'prompt', event, said, reminder: state.reminder });
      for (const id of event.messageIds) state.queued.delete(id);
      state.reminder = null;
      state.calls.clear();
      break;
    }
    // Shown where it is sent; until then it is beside the box it was written in.
    case 'message.queued':
      state.queued.set(event.message.id, event.message.text);
      break;
    case 'message.edited':
      state.queued.set(event.messageId, event.text);
      break;
    case 'message.withdrawn':
      state.queued.delete(event.messageId);
      break;
    case 'entry.text':
      if (event.content.text.trim() !== '') {
        state.rows.push({ ...base, kind: 'text', content: event.content, parent: event.parent });
      }
      break;
    case 'entry.typed':
      state.rows.push({ ...base, kind: 'typed', content: event.content });
      break;
    case 'entry.thinking': {
      const before = state.rows.at(-1);
      if (event.content.text.trim() === '') break;
      if (before?.kind === 'thinking' && before.parent === event.parent) {
        state.rows[state.rows.length - 1] = { ...before, contents: [...before.contents, event.content] };
      } else state.rows.push({ ...base, kind: 'thinking', contents: [event.content], parent: event.parent });
      break;
    }
    case 'tool.called': {
      const { callId, input, parent } = event;
      const call = callOfEvent(event);
      state.open.set(callId, state.rows.length);
      state.calls.set(callId, state.rows.length);
      const { root } = state;
      const none = { result: null, decided: null, asks: false, dropped: false };
      state.rows.push({ ...base, kind: 'tool', callId, call, input, parent, root, ...none });
      break;
    }
    case 'tool.settled': {
      const { callId, ok, output, durationMs } = event;
      changeCall(state, callId, { result: { ok, output, durationMs } });
      state.open.delete(callId);
      break;
    }
    case 'approval.requested':
      state.asked.set(event.approvalId, event);
      if (event.callId !== null) changeCall(state, event.callId, { asks: true });
      break;
    case 'approval.settled': {
      const { approvalId, decision, by, words } = event;
      const asked = approvalId === undefined ? undefined : state.asked.get(approvalId);
      if (approvalId !== undefined) state.asked.delete(approvalId);
      const decided: Decided | null = decision === 'allow' && by === 'autonomy' ? null : { decision, by, words };
      const callId = event.callId ?? asked?.callId ?? null;
      if (callId !== null && changeCall(state, callId, { decided, asks: false })) break;
      if (decided === null) break;
      const title = event.title ?? asked?.title ?? '';
      if (isSpoken(event)) state.rows.push({ ...base, kind: 'decided', decided, title });
      break;
    }
    case 'check.settled':
      state.rows.push({ ...base, kind: 'check', event });
      break;
    case 'item.changed': {
      const { itemId, status, by, reason } = event;
      state.rows.push({ ...base, kind: 'item', itemId, status, by, reason });
      break;
    }
    case 'item.added':
      state.rows.push({ ...base, kind: 'added', itemId: event.item.id, text: event.item.text, by: event.by });
      break;
    case 'item.noted':
      state.rows.push({ ...base, kind: 'note', itemId: event.itemId, text: event.note.text, by: event.note.by });
      break;
    case 'turn.settled':
      dropOpen(state);
      state.turn = state.rows.length;
      state.rows.push({ ...base, kind: 'turn', event, said: false });
      break;
    case 'run.settled':
      dropOpen(state);
      sayError(state, event.outcome.words);
      state.rows.push({ ...base, kind: 'end', status: event.status, outcome: event.outcome });
      // What a person does now leads to the next one.
      state.run += 1;
      break;
    case 'task.cancelled':
      state.rows.push({ ...base, kind: 'end', status: 'cancelled', outcome: event.outcome });
      break;
    default: {
      const said = isSpoken(event) ? describeEvent(event) : null;
      if (said) sayError(state, said.words);
      if (said) state.rows.push({ ...base, kind: 'drover', ...said });
    }
  }
}

function changeCall(
  { rows, calls }: State,
  callId: string,
  change: Partial<Pick<RowOf<'tool'>, 'result' | 'decided' | 'asks' | 'dropped'>>,
): boolean {
  const at = calls.get(callId);
  const row = at === undefined ? undefined : rows[at];
  if (at === undefined || row?.kind !== 'tool') return false;
  rows[at] = { ...row, ...change };
  return true;
}

/** What went wrong in the newest turn is not told again beside words that hold it. */
function sayError({ rows, turn }: State, words: string): void {
  const row = turn === null ? undefined : rows[turn];
  if (turn === null || row?.kind !== 'turn' || !row.event.error) return;
  if (words.includes(visibleLine(row.event.error.words, words.length))) rows[turn] = { ...row, said: true };
}

function dropOpen(state: State): void {
  for (const callId of state.open.keys()) changeCall(state, callId, { dropped: true, asks: false });
  state.open.clear();
}

/** The index of the row that shows the event `seq`: rows are named after the event they begin with. */
export function rowOf(rows: readonly { key: string }[], seq: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Number(rows[middle]?.key) <= seq) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
