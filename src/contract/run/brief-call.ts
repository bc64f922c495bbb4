import { truncate } from '../text.ts';
import type { ToolCall } from './tool-call.ts';

/** So much of each text stays in a call that is only shown, in UTF-16 units. */
const SHOWN = 1000;
const MOST_PATHS = 20;

/** The call for a log and for people: texts are cut, and what the input has whole is left out. Never judge by it. */
export function briefCall(call: ToolCall): ToolCall {
  const cut = <T extends string | null | undefined>(text: T) =>
    typeof text === 'string' ? truncate(text, SHOWN) : text;
  const title = truncate(call.title, 200);
  switch (call.kind) {
    case 'command':
      return { ...call, title, command: cut(call.command) };
    case 'read':
    case 'edit':
    case 'write':
      return { ...call, title, paths: call.paths.slice(0, MOST_PATHS).map(cut) };
    case 'search':
      return { ...call, title, paths: call.paths.slice(0, MOST_PATHS).map(cut), pattern: cut(call.pattern) };
    case 'fetch':
      return { ...call, title, url: cut(call.url), ...(call.query === undefined ? {} : { query: cut(call.query) }) };
    case 'mcp':
      return { ...call, title, server: truncate(call.server, 200), tool: truncate(call.tool, 200) };
    case 'subagent':
      return { ...call, title, about: cut(call.about) };
    case 'plan':
      return { ...call, title, plan: null };
    case 'question':
      return { ...call, title, questions: null };
    case 'other':
      return { ...call, title, ...(call.about === undefined ? {} : { about: cut(call.about) }) };
    case 'checklist':
      return { ...call, title };
  }
}
