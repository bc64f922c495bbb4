import type { ToolCallKind } from '../../../../contract/run/tool-call.ts';
import type { Row, RowOf } from './conversation.logic.ts';

export type WorkRow = RowOf<'tool'> | RowOf<'thinking'>;

/** Calls that follow each other, and what the agent thought between them, in one row. */
export interface Work {
  kind: 'work';
  key: string;
  at: number;
  run: number;
  parent: string | null;
  rows: readonly WorkRow[];
}
export type Shown = Row | Work;

/** Folds rows that grow at the end, or change anywhere. */
export interface Folder {
  /** What is shown of these rows. Asked again, only what stands behind the first row that has changed is folded again. */
  fold(rows: readonly Row[]): readonly Shown[];
}

/** What is in one row is drawn at once when it is opened. */
const MOST_IN_ONE = 100;

const FOLDED: ReadonlySet<ToolCallKind> = new Set([
  'command',
  'read',
  'edit',
  'write',
  'search',
  'fetch',
  'mcp',
  'other',
]);

/** Whether a row says nothing that is not said beside it: a report to the checklist that was taken. */
function isHidden(row: Row): boolean {
  return row.kind === 'tool' && row.call.kind === 'checklist' && row.result?.ok !== false && row.decided === null;
}

/** Whether a call was refused, which is not done in passing. */
export function isDenied({ decided }: Pick<RowOf<'tool'>, 'decided'>): boolean {
  return decided !== null && decided.decision !== 'allow';
}

function isWork(row: Row): row is WorkRow {
  if (row.kind === 'thinking') return true;
  return row.kind === 'tool' && FOLDED.has(row.call.kind) && !isDenied(row) && !row.decided?.words;
}

export function createFolder(): Folder {
  let before: readonly Row[] = [];
  let shown: readonly Shown[] = [];
  /** Where what is shown begins among the rows. */
  let starts: number[] = [];

  return {
    fold(rows) {
      if (rows === before) return shown;
      let from = 0;
      while (from < rows.length && rows[from] === before[from]) from += 1;
      // What it would be folded with is folded again.
      for (let row = rows[from - 1]; row && (isWork(row) || isHidden(row)); row = rows[from - 1]) from -= 1;
      let kept = starts.length;
      while (kept > 0 && (starts[kept - 1] ?? 0) >= from) kept -= 1;
      const known = new Map(shown.slice(kept).map((one) => [one.key, one]));
      const next = shown.slice(0, kept);
      starts = starts.slice(0, kept);
      foldFrom(rows, from, (one, at) => {
        next.push(unchanged(known.get(one.key), one));
        starts.push(at);
      });
      before = rows;
      shown = next;
      return shown;
    },
  };
}

/** Folds the rows from an index on; `show` gets each with the index of its first row. */
function foldFrom(rows: readonly Row[], from: number, show: (one: Shown, at: number) => void): void {
  let work: WorkRow[] = [];
  let workAt = 0;
  const flush = () => {
    const [first] = work;
    const calls = work.filter((row) => row.kind === 'tool').length;
    if (first && calls > 1) {
      const { key, at, run, parent } = first;
      show({ kind: 'work', key, at, run, parent, rows: work }, workAt);
    } else for (const row of work) show(row, workAt);
    work = [];
  };
  for (let at = from; at < rows.length; at += 1) {
    const row = rows[at];
    if (!row || isHidden(row)) continue;
    if (!isWork(row)) {
      flush();
      show(row, at);
      continue;
    }
    if (work.length === MOST_IN_ONE || (work[0] && work[0].parent !== row.parent)) flush();
    if (work.length === 0) workAt = at;
    work.push(row);
  }
  flush();
}

/** The one that was there, where the new one is the same: what is drawn need not be drawn again. */
function unchanged(before: Shown | undefined, now: Shown): Shown {
  if (before?.kind !== 'work' || now.kind !== 'work' || before.rows.length !== now.rows.length) return now;
  return before.rows.every((row, at) => row === now.rows[at]) ? before : now;
}
