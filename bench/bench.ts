import type { Scope } from '../src/core/base/scope.ts';

/** One measured number beside what is promised. */
export interface Figure {
  what: string;
  measured: number;
  unit: 'ms' | 'MB' | '%' | 'events' | 'processes' | 'modules' | 'renders' | 'timers' | 'events/s';
  /** Null where nothing is promised and the number only helps to read the others. */
  limit: number | null;
  comparison: 'at most' | 'at least';
  /** How it came about: the baseline measured in the same run, how often, the spread. */
  note?: string;
}

export interface BenchContext {
  /** Shorter and smaller, to see that everything runs; the numbers are worth less. */
  quick: boolean;
  /** An empty folder of this bench, removed afterwards. Real path. */
  folder: string;
  /** What the bench opens is closed with it, also when the bench fails or is interrupted. */
  scope: Scope;
}

/** Nothing was measured, because of what this machine lacks: the end of a sentence. */
export interface LeftOut {
  leftOut: string;
}

export interface Bench {
  name: string;
  run(context: BenchContext): Promise<Figure[] | LeftOut>;
}

/** Whether a figure keeps its limit; a number that could not be measured does not. */
export function isMet({ measured, limit, comparison }: Figure): boolean {
  if (limit === null) return true;
  return comparison === 'at most' ? measured <= limit : measured >= limit;
}
