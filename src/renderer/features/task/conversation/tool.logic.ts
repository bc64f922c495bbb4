import { changesIn } from '../../../../contract/run/changes.ts';
import type { ToolCall } from '../../../../contract/run/tool-call.ts';
import { toolInput } from '../../../../contract/words/tool.ts';
import { type DiffLine, diffLines } from '../../../ui/diff.logic.ts';
import { visible } from '../../../ui/text.logic.ts';

const MOST_CHANGES = 1000;

/** The input to read in full: a line for each argument, longer ones below their name; JSON only inside of arguments. */
export function inputText(input: string): string {
  const value = toolInput(input);
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

/** What a call does to a file, from its input as JSON text; null for one that changes none, or where it is cut. */
export function fileEdit(call: ToolCall, input: string): FileEdit | null {
  if (!('change' in call)) return null;
  const value = toolInput(input);
  const [path] = call.paths;
  const changes = value && path ? changesIn(value, call.change, MOST_CHANGES) : null;
  if (!path || changes === null) return null;
  const lines = changes.flatMap(({ before, after }) => diffLines(before ?? '', after));
  if (lines.length === 0) return null;
  const count = (kind: DiffLine['kind']) => lines.filter((line) => line.kind === kind).length;
  return { path, lines, added: count('added'), removed: count('removed') };
}
