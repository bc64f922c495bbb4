import { type DiffLine, diffLines } from './diff.logic.ts';
import { visible, visibleLine } from './text.logic.ts';

/** Arguments that tell what a tool call is about, the most telling first; names that agents' programs use. */
const TELLING = ['command', 'file_path', 'path', 'notebook_path', 'pattern', 'query', 'url', 'skill', 'description'];

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

/** What a tool call is about, in one line, from its input as JSON text (which may be cut). */
export function tellingArgument(input: string): string {
  const value = parse(input);
  if (value === null) return visibleLine(input, 160);
  for (const name of TELLING) {
    const found = value[name];
    if (typeof found === 'string' && found !== '') return visibleLine(found, 160);
  }
  const words = Object.entries(value)
    .filter(([, one]) => one !== null && typeof one !== 'object')
    .map(([key, one]) => `${key}=${String(one).slice(0, 100)}`);
  return visibleLine(words.join(' '), 160);
}

/** The input to read in full: JSON set out in lines where it is whole. */
export function inputText(input: string): string {
  const value = parse(input);
  return visible(value === null ? input : JSON.stringify(value, null, 2));
}

export interface FileEdit {
  path: string;
  lines: DiffLine[];
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
  return lines.length > 0 ? { path, lines } : null;
}
