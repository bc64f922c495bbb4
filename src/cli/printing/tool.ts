import { safeLine } from './sanitise.ts';
import { cut } from './width.ts';

/** Arguments that tell what a tool call is about, the most telling first; names that agents' programs use. */
const TELLING = ['command', 'file_path', 'path', 'notebook_path', 'pattern', 'query', 'url', 'skill', 'description'];
const LONGEST = 100;

/** The name of a tool as people read it: `mcp__drover__set_item` is `drover set_item`. */
export function toolName(name: string): string {
  const [, server, tool] = /^mcp__(.+?)__(.+)$/.exec(name) ?? [];
  return safeLine(server && tool ? `${server} ${tool}` : name);
}

/**
 * What a tool call is about, in one short line, from its input as JSON text (which may be cut). Paths inside `folder`,
 * the workspace, are shown from there.
 */
export function tellingArgument(input: string, folder: string | null): string {
  const words = safeLine(telling(input));
  return cut(folder ? words.replaceAll(`${folder}/`, '') : words, LONGEST);
}

function telling(input: string): string {
  let value: unknown;
  try {
    value = JSON.parse(input);
  } catch {
    // Only the beginning is here, or it never was JSON.
    return input.slice(0, 400);
  }
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value);
  for (const name of TELLING) {
    const found = entries.find(([key, one]) => key === name && typeof one === 'string' && one !== '');
    if (found) return String(found[1]).slice(0, 400);
  }
  return entries
    .filter(([, one]) => one !== null && typeof one !== 'object')
    .map(([key, one]) => `${key}=${String(one).slice(0, 100)}`)
    .join(' ')
    .slice(0, 400);
}
