import type { Checkpoint } from '../../../../contract/checkpoint/state.ts';
import type { LoggedEvent, TaskEvent } from '../../../../contract/task/events.ts';
import type { Tone } from '../../../../contract/words/event.ts';
import type { FileChange } from '../../../../contract/workspace/diff.ts';
import type { ChangedFile } from '../../../../contract/workspace/state.ts';
import type { DiffLine } from '../../../ui/diff.logic.ts';
import { labels } from '../labels.ts';

/** After these the files of a workspace may be others. */
const MAY_CHANGE: ReadonlySet<TaskEvent['type']> = new Set([
  'workspace.ready',
  'tool.settled',
  'turn.settled',
  'checkpoint.made',
  'check.settled',
  'run.settled',
]);

/** The newest event after which files may have changed; 0 for none. */
export function lastChange(events: readonly LoggedEvent[]): number {
  return events.findLast(({ event }) => MAY_CHANGE.has(event.type))?.seq ?? 0;
}

/** What can be chosen in place of all changes. */
export interface ChangesChoice {
  value: string;
  label: string;
}

/** The turns of a task and what has changed between them, oldest first; of several runs each in a group of its own. */
export function choicesOf(checkpoints: readonly Checkpoint[]): { group: string; items: ChangesChoice[] }[] {
  const runs = new Set(checkpoints.map(({ runNo }) => runNo));
  const groups = new Map<number, ChangesChoice[]>();
  for (const [at, one] of checkpoints.entries()) {
    // The first of a workspace is compared with nothing.
    const isFirst = checkpoints[at - 1]?.workspaceId !== one.workspaceId;
    if (isFirst && (at === 0 || one.kind !== 'turn')) continue;
    if (one.kind !== 'turn' && !one.changed) continue;
    const items = groups.get(one.runNo) ?? [];
    // What was kept later under the same name stands for both.
    items.splice(0, items.length, ...items.filter(({ value }) => value !== one.name));
    items.push({ value: one.name, label: choiceLabel(one, runs.size > 1) });
    groups.set(one.runNo, items);
  }
  return [...groups].map(([no, items]) => ({ group: runs.size > 1 ? labels.changes.run(no) : '', items }));
}

function choiceLabel({ kind, runNo, turn, changed }: Checkpoint, isOfSeveral: boolean): string {
  const { changes: words } = labels;
  if (kind === 'start') return words.beforeRun(runNo);
  if (kind === 'meanwhile') return turn === 0 ? words.beforeFirst : words.between(turn);
  const name = isOfSeveral ? words.turnOfRun(runNo, turn) : words.turn(turn);
  return changed ? name : words.noChange(name);
}

interface FileWords {
  letter: string;
  words: string;
  /** One word beside the name; null where it only changed. */
  short: string | null;
  tone: Tone;
}

const { became } = labels.changes;
export const FILE_WORDS: Record<ChangedFile['status'], FileWords> = {
  added: { letter: 'A', words: became.added, short: became.new, tone: 'good' },
  modified: { letter: 'M', words: became.modified, short: null, tone: 'warning' },
  deleted: { letter: 'D', words: became.deleted, short: became.deletedShort, tone: 'problem' },
  'type-changed': { letter: 'T', words: became.typeChanged, short: became.typeChangedShort, tone: 'warning' },
  conflicted: { letter: 'C', words: became.conflicted, short: became.conflictedShort, tone: 'problem' },
  untracked: { letter: 'A', words: became.untracked, short: became.new, tone: 'good' },
};

const order = new Intl.Collator('en', { numeric: true, sensitivity: 'variant' });

/** The files as people count: `page-2` before `page-10`. */
export function naturally(files: readonly ChangedFile[]): ChangedFile[] {
  return files.toSorted((one, other) => order.compare(one.path, other.path));
}

/** How much changes. `isLeast`: not all lines were counted, or not all files are listed. */
export function sumOf(files: readonly ChangedFile[], total: number) {
  const sum = (of: (file: ChangedFile) => number | null) => files.reduce((all, file) => all + (of(file) ?? 0), 0);
  return {
    insertions: sum((file) => file.insertions),
    deletions: sum((file) => file.deletions),
    isLeast: total > files.length || files.some(({ lines }) => lines === 'not-counted'),
  };
}

/** How files differ, line by line, with their line numbers, and before them in words what else became of them. */
export function diffRows(files: readonly FileChange[]): DiffLine[] {
  const rows: DiffLine[] = [];
  const say = (kind: 'meta' | 'hunk', text: string) => rows.push({ kind, text, before: null, after: null });
  for (const file of files) {
    for (const words of fileChangeWords(file)) say('meta', words);
    for (const { before, after, heading, lines } of file.hunks) {
      // All of a new file is one hunk.
      if (file.status !== 'added' || heading !== '') say('hunk', labels.changes.line(after.line, heading));
      const at = { before: before.line, after: after.line };
      for (const { kind, text, unended } of lines) {
        const [isOld, isNew] = [kind !== 'added', kind !== 'removed'];
        rows.push({ kind, text, before: isOld ? at.before : null, after: isNew ? at.after : null });
        at.before += isOld ? 1 : 0;
        at.after += isNew ? 1 : 0;
        if (unended) say('meta', labels.changes.noNewline);
      }
    }
  }
  return rows;
}

/** What became of a file besides its lines; that it is changed the reader knows already. */
function fileChangeWords({ status, oldPath, oldMode, newMode, binary, notes }: FileChange): string[] {
  const words = [...notes];
  const { file } = labels.changes;
  if (status === 'added') {
    const kind = { '120000': file.newLink, '100755': file.newExecutable }[newMode ?? ''];
    if (kind) words.push(kind);
  } else if (status === 'deleted') words.push(file.deleted);
  else if (oldMode !== newMode) words.push(newMode === '100755' ? file.executable : file.notExecutable);
  if (status === 'renamed') words.push(file.renamed(oldPath ?? ''));
  if (binary) words.push(file.binary);
  return words;
}
