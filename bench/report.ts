import { type Figure, isMet } from './bench.ts';

/** What came of one bench; `problem` says why it broke. */
export interface BenchResult {
  bench: string;
  figures: Figure[];
  /** Why nothing was measured, where the machine lacks what it takes: the end of a sentence. */
  leftOut: string | null;
  problem: string | null;
  seconds: number;
}

/** Whether every limit was kept and nothing broke. */
export function allMet(results: readonly BenchResult[]): boolean {
  return results.every(({ figures, problem }) => problem === null && figures.every(isMet));
}

const HEADINGS = ['bench', 'what', 'measured', 'limit', '', 'how'];
/** The columns of numbers, aligned at the right. */
const RIGHT = new Set([2, 3]);

/** The figures as lines of a table for a terminal. */
export function describeResults(results: readonly BenchResult[]): string {
  const rows = [HEADINGS, ...results.flatMap(rowsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        RIGHT.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  const figures = results.flatMap((result) => result.figures).filter(({ limit }) => limit !== null);
  const missed = figures.filter((figure) => !isMet(figure)).length;
  const broken = results.filter(({ problem }) => problem !== null).length;
  const words = [`${figures.length - missed} of ${figures.length} limits kept`];
  if (broken > 0) words.push(`${broken} ${broken === 1 ? 'bench' : 'benches'} broke`);
  return `${lines.join('\n')}\n\n${words.join(', ')}\n`;
}

function rowsOf({ bench, figures, problem }: BenchResult): string[][] {
  const rows = figures.map((figure) => [
    bench,
    figure.what,
    withUnit(figure.measured, figure.unit),
    figure.limit === null ? '-' : `${figure.comparison} ${withUnit(figure.limit, figure.unit)}`,
    figure.limit === null ? '' : isMet(figure) ? 'kept' : 'MISSED',
    figure.note ?? '',
  ]);
  if (problem !== null) rows.push([bench, problem.split('\n')[0] ?? '', '', '', 'BROKE', '']);
  return rows;
}

/** `12.3 ms`, `1200 events`: fewer decimals the larger the number. */
export function withUnit(value: number, unit: Figure['unit']): string {
  if (!Number.isFinite(value)) return 'none';
  const digits = Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${unit}`;
}
