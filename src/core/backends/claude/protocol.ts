import type { PromptImage } from '../backend.ts';

/**
 * The lines that Claude Code 2.1 writes and reads with `--input-format stream-json --output-format stream-json`. The
 * protocol grows with every version, so nothing here is assumed: a field is read by one of the functions below, and
 * one of another type than expected is as good as missing.
 */
export type Json = Record<string, unknown>;
export type Message = Json & { type: string };

/** A line as a message; null when it is not a JSON object with a type. */
export function parseMessage(line: string): Message | null {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) && typeof value.type === 'string' ? (value as Message) : null;
  } catch {
    return null;
  }
}

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
export const record = (value: unknown): Json => (isRecord(value) ? value : {});
export const records = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isRecord) : []);
export const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
export const number = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;
export const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];

/** What a `result` says, as far as it is used. A process writes several: one per turn, and one per turn of its own. */
export interface Result {
  isError: boolean;
  subtype: string | null;
  /** `completed`, `api_error`, `aborted_streaming`, `aborted_tools`, `max_turns`, `hook_stopped`, ... */
  terminalReason: string | null;
  /** HTTP status of the API's answer; null where there was none. */
  apiStatus: number | null;
  /** The last text, or the words of the error. */
  words: string;
  /** Requests to the model in this turn. */
  requests: number;
  /** The user messages it answers; null when the program does not tell. */
  answers: string[] | null;
  /** True for a turn that the program began by itself, such as for a background shell that has ended. */
  ownTurn: boolean;
}

export function readResult(message: Message): Result {
  return {
    isError: message.is_error === true,
    subtype: text(message.subtype),
    terminalReason: text(message.terminal_reason),
    apiStatus: number(message.api_error_status),
    words: text(message.result) ?? texts(message.errors).join('\n'),
    requests: number(message.num_turns) ?? 0,
    answers: Array.isArray(message.user_message_uuids) ? texts(message.user_message_uuids) : null,
    ownTurn: isRecord(message.origin),
  };
}

/** One prompt. `uuid` comes back in the result of the turn it caused. */
export function userMessage(uuid: string, prompt: string, images: readonly PromptImage[] = []): Json {
  const shown = images.map(({ type, base64 }) => ({
    type: 'image',
    source: { type: 'base64', media_type: type, data: base64 },
  }));
  const content = shown.length === 0 ? prompt : [{ type: 'text', text: prompt }, ...shown];
  return { type: 'user', message: { role: 'user', content }, parent_tool_use_id: null, uuid };
}

export function controlRequest(id: string, request: Json): Json {
  return { type: 'control_request', request_id: id, request };
}

export function controlResponse(id: string, response: Json): Json {
  return { type: 'control_response', response: { subtype: 'success', request_id: id, response } };
}

export function controlError(id: string, error: string): Json {
  return { type: 'control_response', response: { subtype: 'error', request_id: id, error } };
}
