import { toolInput } from '../../../contract/words/tool.ts';
import { type DiffLine, diffLines } from '../../ui/diff.logic.ts';
import { visible } from '../../ui/text.logic.ts';

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

/** What an edit does to a file, where the input says so in a way that is known; null otherwise. */
export function fileEdit(input: string): FileEdit | null {
  const value = toolInput(input);
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
