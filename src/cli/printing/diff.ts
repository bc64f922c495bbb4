import type { FileDiff, Hunk } from '../../contract/workspace/diff.ts';
import type { Style } from './paint.ts';
import { safeBlock } from './sanitise.ts';
import type { View } from './view.ts';

/** A line of a unified diff, as it is, and how it is painted. */
interface Line {
  text: string;
  style: Style | null;
}

const SIGNS = { same: ' ', added: '+', removed: '-' };
const STYLES = { same: null, added: 'green', removed: 'red' } as const;

/** A diff as `git diff` prints it, safe for a terminal and coloured where that takes colours. */
export function diffLines({ paint }: View, diff: FileDiff): string[] {
  const shown: string[] = [];
  for (const { text, style } of unified(diff)) {
    for (const line of safeBlock(text.replace(/\r$/, '')).split('\n')) shown.push(style ? paint(style, line) : line);
  }
  return shown;
}

/** The same for programs: every byte as git gave it, which `git apply` takes. */
export function diffText(diff: FileDiff): string {
  let text = '';
  for (const line of unified(diff)) text += `${line.text}\n`;
  return text;
}

function* unified({ files }: FileDiff): Generator<Line> {
  for (const { header, hunks } of files) {
    for (const text of header) yield { text, style: /^(diff |index |--- |\+\+\+ )/.test(text) ? 'bold' : null };
    for (const hunk of hunks) {
      yield { text: hunkHead(hunk), style: 'cyan' };
      for (const { kind, text, unended } of hunk.lines) {
        yield { text: `${SIGNS[kind]}${text}`, style: STYLES[kind] };
        if (unended) yield { text: '\\ No newline at end of file', style: null };
      }
    }
  }
}

function hunkHead({ before, after, heading }: Hunk): string {
  const range = ({ line, lines }: Hunk['before']) => (lines === 1 ? `${line}` : `${line},${lines}`);
  return `@@ -${range(before)} +${range(after)} @@${heading === '' ? '' : ` ${heading}`}`;
}

/** What git wrote of several files, safe for a terminal and coloured where that takes colours. */
export function patchLines({ paint }: View, text: string): string[] {
  const shown: string[] = [];
  let isHead = true;
  for (const line of text.split('\n')) {
    if (line.startsWith('diff ')) isHead = true;
    const isHunk = line.startsWith('@@');
    if (isHunk) isHead = false;
    const sign = line.startsWith('+') ? 'green' : line.startsWith('-') ? 'red' : null;
    const style: Style | null = isHunk ? 'cyan' : isHead ? 'bold' : sign;
    for (const part of safeBlock(line.replace(/\r$/, '')).split('\n')) shown.push(style ? paint(style, part) : part);
  }
  if (shown.at(-1) === '' || text === '') shown.pop();
  return shown;
}
