import type { Run } from '../../../../contract/run/state.ts';
import type { Shown } from './fold-work.logic.ts';

/** The line for an earlier run, which opens to what happened in it. */
export interface EarlierRun {
  kind: 'earlier';
  key: string;
  run: number;
  open: boolean;
}
export type Entry = Shown | EarlierRun;

/** Which runs are open: those from `from` on, and those that were opened by hand. */
export interface OpenRuns {
  from: number;
  opened: ReadonlySet<number>;
}

/** What a conversation shows: earlier runs as one line each, with their rows below where they are open. */
export function withRuns(shown: readonly Shown[], { from, opened }: OpenRuns): readonly Entry[] {
  if (from <= 1) return shown;
  const entries: Entry[] = [];
  let at = 0;
  for (let run = 1; run < from; run += 1) {
    const open = opened.has(run);
    entries.push({ kind: 'earlier', key: `run ${run}`, run, open });
    for (let row = shown[at]; row && row.run <= run; row = shown[at]) {
      if (open && row.kind !== 'run') entries.push(row);
      at += 1;
    }
  }
  for (; at < shown.length; at += 1) {
    const row = shown[at];
    if (row) entries.push(row);
  }
  return entries;
}

/** Whether what is not loaded yet, before the rows that are, belongs to a run that is open. */
export function wantsOlder(shown: readonly Shown[], { from, opened }: OpenRuns): boolean {
  const oldest = shown[0]?.run ?? from;
  return oldest >= from || [...opened].some((run) => run <= oldest);
}

/** The first run that is open when the newest one is looked at: one that was only interrupted goes on in the next. */
export function openFrom(
  newest: number,
  current: Pick<Run, 'no' | 'mode'> | null,
  runs: readonly Pick<Run, 'no' | 'mode'>[],
): number {
  const modeOf = (no: number) => (current?.no === no ? current.mode : runs[no - 1]?.mode);
  let from = newest;
  while (from > 1 && modeOf(from) === 'recovery') from -= 1;
  return from;
}
