import { visibleLine } from '../text.ts';

/** Arguments that say what a tool call is about, the most telling first; names that agents' programs use. */
const TELLING = ['command', 'file_path', 'notebook_path', 'pattern', 'query', 'url', 'path', 'skill', 'description'];
const LONGEST = 160;
const MOST_READ = 2000;

export type ToolKind = 'command' | 'read' | 'edit' | 'search' | 'web' | 'agent' | 'checklist' | 'other';

/** The name of a tool as people read it: `mcp__drover__item_set` is `drover item_set`. */
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

/** What a tool call is about, in one line, from its input as JSON text (which may be cut); paths as seen from `root`. */
export function tellingArgument(input: string, root: string | null = null): string {
  const value = toolInput(input);
  const shown = (text: string) => visibleLine(relativeTo(root, text.slice(0, MOST_READ)), LONGEST);
  for (const name of TELLING) {
    const found = value === null ? memberOfCut(input, name) : Object.hasOwn(value, name) ? value[name] : null;
    if (typeof found === 'string' && found !== '') return shown(found);
  }
  if (value === null) return shown(input);
  const words = Object.entries(value)
    .filter(([, one]) => one !== null && typeof one !== 'object')
    .map(([key, one]) => `${key}=${String(one).slice(0, 100)}`);
  return shown(words.join(' '));
}

/** A tool call in short: its name and what it is about. */
export function toolWords(name: string, input: string, root: string | null = null): string {
  return `${toolName(name)} ${tellingArgument(input, root)}`.trimEnd();
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
