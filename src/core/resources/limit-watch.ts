import { RESOURCE_LIMITS } from '../../contract/process/limit-names.ts';
import type { ResourceLimits } from '../../contract/process/limits.ts';
import type { Exceeded } from '../../contract/words/limit.ts';
import type { Clock, Timer } from '../base/clock.ts';
import type { ProcessRow } from '../process/identity.ts';
import { type CpuCount, createCpuCount } from './cpu-count.ts';
import { measure, shareOfMemory } from './measure.ts';
import { type RunRoot, runTrees } from './run-trees.ts';

/** A run that may have limits. */
export interface WatchedRun {
  runId: string;
  /** As they are now. */
  limits(): ResourceLimits;
  agent(): RunRoot['agent'];
  /** It uses more than it may; called once. */
  exceeded(what: Exceeded): void;
}

/** Measures what runs use that have a limit, all of them by one look. Without any, nothing is looked at. */
export interface LimitWatch {
  /** Whether this system tells what processes use. */
  readonly measures: boolean;
  /** Watches a run until the function that is returned is called. */
  add(run: WatchedRun): () => void;
  /** The limits of a run may have changed. */
  poke(): void;
}

interface Deps {
  clock: Pick<Clock, 'timer'>;
  /** Milliseconds between two looks. */
  everyMs: number;
  measures?: boolean;
}

export function createLimitWatch({ clock, everyMs, measures = process.platform !== 'win32' }: Deps): LimitWatch {
  const watched = new Map<WatchedRun, CpuCount>();
  let timer: Timer | null = null;

  const limited = () => [...watched].filter(([run]) => hasLimit(run.limits()));

  function set(): void {
    if (!measures || timer !== null || limited().length === 0) return;
    timer = clock.timer(everyMs, look);
  }

  function look(): void {
    timer = null;
    const runs = limited();
    const trees = runTrees(runs.map(([run]) => ({ runId: run.runId, agent: run.agent() })));
    for (const [run, cpu] of runs) {
      const what = excess(trees.get(run.runId) ?? [], run.limits(), cpu);
      if (what === null || !watched.delete(run)) continue;
      run.exceeded(what);
    }
    set();
  }

  return {
    measures,
    add(run) {
      watched.set(run, createCpuCount());
      set();
      return () => {
        watched.delete(run);
        if (limited().length > 0) return;
        timer?.cancel();
        timer = null;
      };
    },
    poke: set,
  };
}

/** Whether any of them is set. */
export function hasLimit(limits: ResourceLimits): boolean {
  return RESOURCE_LIMITS.some((name) => limits[name] != null);
}

/** What the processes use more of than they may; null when of nothing. */
function excess(rows: readonly ProcessRow[], limits: ResourceLimits, cpu: CpuCount): Exceeded | null {
  const { maxMemory, maxProcesses, maxCpuMs } = limits;
  const uses = measure(rows.map(({ pid }) => pid));
  const seen = rows.flatMap((row) => {
    const use = uses.get(row.pid);
    return use === undefined ? [] : [{ ...row, ...use }];
  });
  const cpuMs = cpu.add(seen.map((one) => ({ ...one, cpuMs: one.cpuMs ?? 0 })));
  if (maxProcesses != null && seen.length > maxProcesses) {
    return { limit: 'maxProcesses', used: seen.length, most: maxProcesses };
  }
  if (maxCpuMs != null && cpuMs > maxCpuMs) return { limit: 'maxCpuMs', used: cpuMs, most: maxCpuMs };
  if (maxMemory == null || sum(seen.map(({ memory }) => memory ?? 0)) <= maxMemory) return null;
  // What they share was counted in each. To divide it takes longer, so it is only done when it matters.
  const memory = sum(seen.map((one) => shareOfMemory(one.pid) ?? one.memory ?? 0));
  return memory > maxMemory ? { limit: 'maxMemory', used: memory, most: maxMemory } : null;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
