import type { LoggedEvent, TaskEvent } from '../../../contract/task/events.ts';
import { sizeWords } from '../../../contract/words/workspace.ts';
import type { ChangedFile } from '../../../contract/workspace/state.ts';

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
