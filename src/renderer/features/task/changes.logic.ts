import type { LoggedEvent, TaskEvent } from '../../../contract/task/events.ts';
import { sizeWords } from '../../../contract/words/workspace.ts';
import type { FileChange } from '../../../contract/workspace/diff.ts';
import type { ChangedFile } from '../../../contract/workspace/state.ts';
import type { DiffLine } from '../../ui/diff.logic.ts';

/** After these the files of a workspace may be others. */
const MAY_CHANGE: ReadonlySet<TaskEvent['type']> = new Set([
  'workspace.ready',
  'tool.settled',
  'turn.settled',
  'check.settled',
  'run.settled',
]);

/** The newest event after which files may have changed; 0 for none. */
export function lastChange(events: readonly LoggedEvent[]): number {
  return events.findLast(({ event }) => MAY_CHANGE.has(event.type))?.seq ?? 0;
}

export const FILE_WORDS: Record<ChangedFile['status'], { letter: string; words: string }> = {
  added: { letter: 'A', words: 'new' },
  modified: { letter: 'M', words: 'changed' },
  deleted: { letter: 'D', words: 'deleted' },
  'type-changed': { letter: 'T', words: 'type changed' },
  conflicted: { letter: 'C', words: 'in conflict' },
  untracked: { letter: 'U', words: 'new, not added to git' },
};

/** How much changes, in a few words: `3 files, +12 −4`; `at least` where lines are not counted or files not listed. */
export function sumWords(files: readonly ChangedFile[], total: number): string {
  const sum = (of: (file: ChangedFile) => number | null) => files.reduce((all, file) => all + (of(file) ?? 0), 0);
  const uncounted = files.filter(({ lines }) => lines === 'not-counted').length + total - files.length;
  const [insertions, deletions] = [sum((file) => file.insertions), sum((file) => file.deletions)];
  return sizeWords({ files: total, insertions, deletions, uncounted }, '−');
}

/** How files differ, line by line, with their line numbers, and before them in words what else became of them. */
export function diffRows(files: readonly FileChange[]): DiffLine[] {
  const rows: DiffLine[] = [];
  const say = (kind: 'meta' | 'hunk', text: string) => rows.push({ kind, text, before: null, after: null });
  for (const file of files) {
    for (const words of fileChangeWords(file)) say('meta', words);
    for (const { before, after, heading, lines } of file.hunks) {
      say('hunk', heading === '' ? `Line ${after.line}` : `Line ${after.line}: ${heading}`);
      const at = { before: before.line, after: after.line };
      for (const { kind, text, unended } of lines) {
        const [isOld, isNew] = [kind !== 'added', kind !== 'removed'];
        rows.push({ kind, text, before: isOld ? at.before : null, after: isNew ? at.after : null });
        at.before += isOld ? 1 : 0;
        at.after += isNew ? 1 : 0;
        if (unended) say('meta', 'No newline at end of file');
      }
    }
  }
  return rows;
}

/** What became of a file besides its lines; that it is changed the reader knows already. */
function fileChangeWords({ status, oldPath, oldMode, newMode, binary, notes }: FileChange): string[] {
  const words = [...notes];
  if (status === 'added') {
    const kind = { '120000': 'A new symbolic link', '100755': 'A new file that can be run' }[newMode ?? ''];
    words.push(kind ?? 'A new file');
  } else if (status === 'deleted') words.push('The file is deleted');
  else if (oldMode !== newMode) {
    words.push(newMode === '100755' ? 'The file can now be run' : 'The file can no longer be run');
  }
  if (status === 'renamed') words.push(`It was named ${oldPath}`);
  if (binary) words.push('This file is not text: what it holds is not shown.');
  return words;
}
