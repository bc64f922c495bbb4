import type { ToolCall } from '../run/tool-call.ts';
import { visibleLine } from '../text.ts';

/** Members of an input that say what a call is about which is not known better, the most telling first. */
const TELLING = ['command', 'file_path', 'pattern', 'query', 'url', 'path', 'description'];
const LONGEST = 160;
const MOST_READ = 2000;

/** The tool of a call as people read it: `mcp__drover__item_set` is `drover item_set`. */
export function callName(call: ToolCall): string {
  return visibleLine(nameOf(call), 80);
}

function nameOf(call: ToolCall): string {
  if (call.kind === 'mcp') return `${call.server} ${call.tool}`;
  return call.kind === 'checklist' && call.title !== call.tool ? `drover ${call.tool}` : call.title;
}

/** What the call of an event is; the host gives it with every event, so the name alone is only a last resort. */
export function callOfEvent(event: { call?: ToolCall | undefined } & ({ name: string } | { tool: string })): ToolCall {
  return event.call ?? { kind: 'other', title: 'name' in event ? event.name : event.tool };
}

/** The input of a tool call, from JSON text that may be cut; null when it is cut or no object. */
export function toolInput(input: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(input);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    // Only the beginning is here, or it never was JSON.
    return null;
  }
}

/** What a call is about, in one line; `input` is its JSON text, which may be cut; paths as seen from `root`. */
export function tellingArgument(call: ToolCall, input: string, root: string | null = null): string {
  const about = aboutOf(call);
  if (about) return shown(about, root);
  const value = toolInput(input);
  for (const name of TELLING) {
    const found = value === null ? memberOfCut(input, name) : Object.hasOwn(value, name) ? value[name] : null;
    if (typeof found === 'string' && found !== '') return shown(found, root);
  }
  if (value === null) return shown(input, root);
  const words = Object.entries(value)
    .filter(([, one]) => one !== null && typeof one !== 'object')
    .map(([key, one]) => `${key}=${String(one).slice(0, 100)}`);
  return shown(words.join(' '), root);
}

function aboutOf(call: ToolCall): string | null | undefined {
  switch (call.kind) {
    case 'command':
      return call.command;
    case 'read':
    case 'edit':
    case 'write':
      return call.paths[0];
    case 'search':
      return call.pattern ?? call.paths[0];
    case 'fetch':
      return call.query ?? call.url;
    case 'subagent':
    case 'other':
      return call.about;
    default:
      return null;
  }
}

function shown(text: string, root: string | null): string {
  return visibleLine(relativeTo(root, text.slice(0, MOST_READ)), LONGEST);
}

/** A call in short: its tool and what it is about. */
export function callWords(call: ToolCall, input: string, root: string | null = null): string {
  return `${callName(call)} ${tellingArgument(call, input, root)}`.trimEnd();
}

/** The text with every path below the folder `root` written as seen from there. */
export function relativeTo(root: string | null, text: string): string {
  if (!root || !text.includes(root)) return text;
  const [first = '', ...rest] = text.split(root);
  return rest.reduce((before, after) => {
    if (!/(^|[\s"'`=:;,(<>|&])$/.test(before) || !/^($|[\s"'`:;,)<>|&/\\])/.test(after)) return before + root + after;
    const inside = /^[/\\]([^\s"'`:;,)<>|&].*)$/s.exec(after)?.[1];
    return before + (inside ?? `.${after}`);
  }, first);
}

/** The beginning of a member that is a text, from JSON that is cut off somewhere. */
function memberOfCut(input: string, name: string): string | null {
  if (!input.startsWith('{')) return null;
  const found = new RegExp(`"${name}"\\s*:\\s*"((?:[^"\\\\]|\\\\.)*)`).exec(input.slice(0, MOST_READ))?.[1];
  if (!found) return null;
  try {
    return String(JSON.parse(`"${found}"`));
  } catch {
    return found;
  }
}
