import { briefCall } from '../../contract/run/brief-call.ts';
import type { LongText } from '../../contract/run/long-text.ts';
import type { ToolCall } from '../../contract/run/tool-call.ts';
import type { TaskEvent } from '../../contract/task/events.ts';
import { callOf } from './claude/tool-call.ts';

/**
 * The event with what its call of a tool is, for those that were stored before agents' adapters said it: all of these
 * have the names of Claude Code's tools. Pure.
 */
export function withCall(event: TaskEvent): TaskEvent {
  switch (event.type) {
    case 'tool.called':
      return event.call === undefined ? { ...event, call: oldCall(event.name, event.input) } : event;
    case 'approval.requested':
    case 'approval.settled':
      if (event.call !== undefined || event.input.bytes === 0) return event;
      return { ...event, call: oldCall(event.tool, event.input) };
    default:
      return event;
  }
}

function oldCall(tool: string, { text, blob }: LongText): ToolCall {
  return briefCall(callOf(tool, blob === null ? whole(text) : beginningOf(text)));
}

function whole(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // The beginning of what was more than a turn may keep, or no JSON ever.
    return beginningOf(text);
  }
}

/** More than is kept of a text beside its whole. */
const MOST_READ = 8192;
const MEMBER = /[{,]\s*"([^"\\]{1,100})"\s*:\s*(?:"((?:[^"\\]|\\.)*)("?)|(true|false|null|-?[\d.eE+-]+))/y;

/** The members at the beginning of an object whose JSON text is cut off somewhere, as far as they are plain. */
function beginningOf(text: string): Record<string, unknown> {
  const read = text.slice(0, MOST_READ);
  const members = new Map<string, unknown>();
  for (MEMBER.lastIndex = 0; ; ) {
    const [, name, string, end, other] = MEMBER.exec(read) ?? [];
    if (name === undefined) break;
    members.set(name, string === undefined ? parsed(other ?? '') : parsed(`"${string}"`));
    if (end === '') break;
  }
  return Object.fromEntries(members);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
