import { type DiffLine, diffLines } from '../../ui/diff.logic.ts';
import { visible, visibleLine } from '../../ui/text.logic.ts';

/** Arguments that tell what a tool call is about, the most telling first; names that agents' programs use. */
const TELLING = ['command', 'file_path', 'notebook_path', 'pattern', 'query', 'url', 'path', 'skill', 'description'];

export type ToolKind = 'command' | 'read' | 'edit' | 'search' | 'web' | 'agent' | 'checklist' | 'other';

/** The name of a tool as people read it: `mcp__drover__set_item` is `drover set_item`. */
export function toolName(name: string): string {
  const [, server, tool] = /^mcp__(.+?)__(.+)$/.exec(name) ?? [];
  return visibleLine(server && tool ? `${server} ${tool}` : name, 80);
}

/** What sort of a tool it is, for its picture. */
export function toolKind(name: string): ToolKind {
  if (/^(mcp__drover__|item_|task_)/.test(name)) return 'checklist';
  if (/^(Bash|shell|exec|run)/i.test(name)) return 'command';
  if (/(Edit|Write|patch)/i.test(name)) return 'edit';
  if (/^(Glob|Grep|LS|search|find)/i.test(name)) return 'search';
  if (/^Web|fetch/i.test(name)) return 'web';
  if (/^(Task|Agent)/i.test(name)) return 'agent';
  return /read/i.test(name) ? 'read' : 'other';
}

function parse(input: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(input);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    // Only the beginning is here, or it never was JSON.
    return null;
  }
}

/** The beginning of a member that is a text, from JSON that is cut off somewhere. */
function memberOfCut(input: string, name: string): string | null {
  if (!input.startsWith('{')) return null;
  const found = new RegExp(`"${name}"\\s*:\\s*"((?:[^"\\\\]|\\\\.)*)`).exec(input)?.[1];
  if (!found) return null;
  try {
    return String(JSON.parse(`"${found}"`));
  } catch {
    return found;
  }
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

/** What a tool call is about, in one line, from its input as JSON text (which may be cut); paths as seen from `root`. */
export function tellingArgument(input: string, root: string | null = null): string {
  const value = parse(input);
  const shown = (text: string) => visibleLine(relativeTo(root, text.slice(0, 2000)), 160);
  for (const name of TELLING) {
    const found = value === null ? memberOfCut(input, name) : value[name];
    if (typeof found === 'string' && found !== '') return shown(found);
  }
  if (value === null) return shown(input);
  const words = Object.entries(value)
    .filter(([, one]) => one !== null && typeof one !== 'object')
    .map(([key, one]) => `${key}=${String(one).slice(0, 100)}`);
  return shown(words.join(' '));
}

/** The input to read in full: a line for each argument, longer ones below their name; JSON only inside of arguments. */
export function inputText(input: string): string {
  const value = parse(input);
  if (value === null || Array.isArray(value)) return visible(input);
  const lines = Object.entries(value).map(([name, one]) => {
    const text = typeof one === 'string' ? one : JSON.stringify(one, null, 2);
    return text.includes('\n') ? `${name}:\n${text}` : `${name}: ${text}`;
  });
  return visible(lines.join('\n'));
}

export interface FileEdit {
  path: string;
  lines: DiffLine[];
  added: number;
  removed: number;
}

/** What an edit does to a file, where the input says so in a way that is known; null otherwise. */
export function fileEdit(input: string): FileEdit | null {
  const value = parse(input);
  const path = value?.file_path ?? value?.path;
  if (value === null || typeof path !== 'string') return null;
  const edits = Array.isArray(value.edits) ? value.edits : [value];
  const lines: DiffLine[] = [];
  for (const edit of edits as Record<string, unknown>[]) {
    const { old_string: before, new_string: after, content } = edit ?? {};
    if (typeof before === 'string' && typeof after === 'string') lines.push(...diffLines(before, after));
    else if (typeof content === 'string') lines.push(...diffLines('', content));
  }
  if (lines.length === 0) return null;
  const count = (kind: DiffLine['kind']) => lines.filter((line) => line.kind === kind).length;
  return { path, lines, added: count('added'), removed: count('removed') };
}
