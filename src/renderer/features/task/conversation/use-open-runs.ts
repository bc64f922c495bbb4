import { useCallback, useMemo, useState } from 'react';
import type { Run } from '../../../../contract/run/state.ts';
import type { Task } from '../../../../contract/task/state.ts';
import { useRuns } from '../use-runs.ts';
import { type OpenRuns, openFrom } from './runs.logic.ts';

/** Which runs of a task are open in its conversation. One that ends while it is looked at stays so. */
export function useOpenRuns(task: Task): {
  openRuns: OpenRuns;
  runs: readonly Run[];
  toggle(run: number): void;
  openRun(run: number): void;
} {
  const runs = useRuns(task, task.runCount > 1);
  const [newest] = useState(() => task.run?.no ?? 1);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const from = openFrom(newest, task.run, runs);
  const openRuns = useMemo(() => ({ from, opened }), [from, opened]);
  const change = useCallback((run: number, isOpen: (before: boolean) => boolean) => {
    setOpened((before) => {
      const next = new Set(before);
      if (isOpen(before.has(run))) next.add(run);
      else next.delete(run);
      return next;
    });
  }, []);
  const toggle = useCallback((run: number) => change(run, (before) => !before), [change]);
  const openRun = useCallback((run: number) => change(run, () => true), [change]);
  return { openRuns, runs, toggle, openRun };
}
