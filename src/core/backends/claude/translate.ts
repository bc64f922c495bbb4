import type { BackgroundWork } from '../../../contract/run/events.ts';
import type { SessionEntry, SessionReport } from '../backend.ts';
import { isRecord, type Json, type Message, number, record, records, text, texts } from './protocol.ts';
import { callOf } from './tool-call.ts';

/** Tells `report` what a session says. Holds only the message that grows now and the tool calls without a result. */
export interface Translator {
  take(message: Message): void;
  /** The program is gone: calls that never got a result are settled as lost. */
  end(words: string): void;
}

/** The message of the model that grows now, in one thread: the main one or a subagent's. */
interface Growing {
  id: string;
  /** Entry ids by the index of their block, from the stream. */
  entryIds: Map<number, string>;
  /** Blocks seen so far, by kind: in the stream, and whole. Both name their k-th block of a kind the same. */
  streamed: Record<'text' | 'thinking', number>;
  settled: Record<'text' | 'thinking', number>;
}

/** They leave the session that Drover knows for another one, or none. */
const ENDS_SESSION = new Set(['clear', 'new', 'reset', 'resume', 'exit', 'quit', 'login', 'logout']);
const BACKGROUND_KINDS: Record<string, string> = { local_bash: 'shell', local_agent: 'subagent' };
/** Of the text of a tool call or notice that is itself only a part of a sentence. */
const WORDS_KEPT = 500;

export function createTranslator(report: SessionReport): Translator {
  const growing = new Map<string | null, Growing>();
  const openCalls = new Map<string, number>();
  let session: { id: string; model: string | null; confirmed: boolean } | null = null;

  function messageOf(thread: string | null, id: string): Growing {
    let message = growing.get(thread);
    if (message?.id !== id) {
      message = { id, entryIds: new Map(), streamed: { text: 0, thinking: 0 }, settled: { text: 0, thinking: 0 } };
      growing.set(thread, message);
    }
    return message;
  }

  function takeStream(thread: string | null, event: Json): void {
    if (event.type === 'message_start') {
      const id = text(record(event.message).id);
      if (id !== null) messageOf(thread, id);
      return;
    }
    const message = growing.get(thread);
    const index = number(event.index);
    if (!message || index === null) return;
    if (event.type === 'content_block_start') {
      const kind = record(event.content_block).type;
      if (kind !== 'text' && kind !== 'thinking') return;
      message.entryIds.set(index, entryId(message.id, kind, message.streamed[kind]));
      message.streamed[kind] += 1;
    } else if (event.type === 'content_block_delta') {
      const entry = message.entryIds.get(index);
      const delta = record(event.delta);
      const grown = text(delta.text) ?? text(delta.thinking);
      if (entry === undefined || !grown) return;
      report.delta({ entryId: entry, kind: delta.type === 'thinking_delta' ? 'thinking' : 'text', text: grown });
    }
  }

  function takeAssistant(message: Message): void {
    const parent = text(message.parent_tool_use_id);
    const inner = record(message.message);
    const whole = messageOf(parent, text(inner.id) ?? text(message.uuid) ?? '');
    for (const block of records(inner.content)) {
      if (block.type === 'text' || block.type === 'thinking') {
        const kind = block.type;
        const id = entryId(whole.id, kind, whole.settled[kind]);
        whole.settled[kind] += 1;
        const words = text(block[kind]) ?? '';
        if (words !== '') report.entry({ type: kind, entryId: id, text: words, parent });
      } else if (block.type === 'tool_use') {
        const callId = text(block.id) ?? `${whole.id}:call`;
        openCalls.set(callId, performance.now());
        report.entry({
          type: 'tool-called',
          callId,
          call: callOf(text(block.name) ?? 'unknown', record(block.input)),
          input: JSON.stringify(block.input ?? {}),
          parent,
        });
      }
    }
  }

  function takeUser(message: Message): void {
    for (const block of records(record(message.message).content)) {
      const callId = text(block.tool_use_id);
      if (block.type !== 'tool_result' || callId === null) continue;
      const since = openCalls.get(callId);
      openCalls.delete(callId);
      report.entry({
        type: 'tool-settled',
        callId,
        ok: block.is_error !== true,
        output: outputText(block.content),
        durationMs: since === undefined ? null : Math.round(performance.now() - since),
      });
    }
  }

  function takeInit(message: Message): void {
    report.commands?.(texts(message.slash_commands).filter((name) => !ENDS_SESSION.has(name)));
    const id = text(message.session_id);
    const model = text(message.model);
    if (id !== null && (id !== session?.id || model !== session.model)) session = { id, model, confirmed: false };
  }

  /** The record of a session is on disk some 100 ms after `init`, before anything of the model is shown. */
  function confirm(): void {
    if (!session || session.confirmed) return;
    session.confirmed = true;
    report.session(session.id, session.model);
  }

  function takeSystem(message: Message): void {
    if (message.subtype === 'init') takeInit(message);
    else if (message.subtype === 'background_tasks_changed') report.background(readBackground(message));
    else {
      const found = systemNotice(message);
      if (found) report.entry(found);
    }
  }

  return {
    take(message) {
      if (message.type === 'assistant' || message.type === 'result') confirm();
      if (message.type === 'stream_event') takeStream(text(message.parent_tool_use_id), record(message.event));
      else if (message.type === 'assistant') takeAssistant(message);
      else if (message.type === 'user') takeUser(message);
      else if (message.type === 'system') takeSystem(message);
    },
    end(words) {
      for (const callId of openCalls.keys()) {
        report.entry({ type: 'tool-settled', callId, ok: false, output: `No result. ${words}`, durationMs: null });
      }
      openCalls.clear();
    },
  };
}

/** The whole set of shells and subagents that work in the background, from `background_tasks_changed`. */
export function readBackground(message: Message): BackgroundWork[] {
  return records(message.tasks).map((task) => ({
    id: text(task.task_id) ?? '',
    kind: BACKGROUND_KINDS[text(task.task_type) ?? ''] ?? text(task.task_type) ?? 'unknown',
    description: text(task.description) ?? '',
  }));
}

/** What a person should know of a system message; null for all others. */
function systemNotice(message: Message): Extract<SessionEntry, { type: 'notice' }> | null {
  const notice = (level: 'info' | 'warning' | 'error', code: string, words: string) =>
    ({ type: 'notice', level, code, words: words.slice(0, WORDS_KEPT) }) as const;
  switch (message.subtype) {
    case 'api_retry': {
      const status = number(message.error_status);
      const why = status === null ? 'could not be reached' : `answered with HTTP status ${status}`;
      const seconds = ((number(message.retry_delay_ms) ?? 0) / 1000).toFixed(1);
      const count = `attempt ${number(message.attempt) ?? '?'} of ${number(message.max_retries) ?? '?'}`;
      return notice('warning', 'api-retry', `The model service ${why}; trying again in ${seconds} s (${count}).`);
    }
    case 'model_fallback':
      return notice(
        'warning',
        'model-fallback',
        `The model ${text(message.original_model) ?? ''} is overloaded; ${text(message.fallback_model) ?? 'another'} continues.`,
      );
    case 'compact_boundary':
      return notice('info', 'compacted', 'The conversation was summarised, to make room.');
    case 'task_notification':
      return notice('info', 'background-ended', text(message.summary) ?? 'Background work has ended.');
    case 'informational':
    case 'notification': {
      const words = text(message.content) ?? text(message.text);
      return words === null ? null : notice(message.level === 'error' ? 'error' : 'info', 'program', words);
    }
    case 'model_refusal_no_fallback':
      return notice('warning', 'refused', 'The model refused to answer.');
    default:
      return null;
  }
}

const entryId = (messageId: string, kind: string, index: number): string => `${messageId}:${kind}:${index}`;

/** The content of a tool result: a text, or blocks of text and images. */
function outputText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((block) => (isRecord(block) ? (text(block.text) ?? `[${text(block.type) ?? 'unknown'}]`) : ''))
    .join('\n');
}
