/** The value below which `share` (0 to 1) of the values lie; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return (quantile(values, 0.5) + quantile(values, 0.5000001)) / 2;
}

export function p95(values: readonly number[]): number {
  return quantile(values, 0.95);
}

/** `median 3.1, p95 4.0, max 6.2 of 200`, for notes. */
export function spread(values: readonly number[]): string {
  const [middle, high, most] = [median(values), p95(values), Math.max(...values)].map((value) => value.toFixed(2));
  return `median ${middle}, p95 ${high}, max ${most} of ${values.length}`;
}

/** Milliseconds that `job` takes. */
export async function timed(job: () => unknown): Promise<number> {
  const began = performance.now();
  await job();
  return performance.now() - began;
}

/**
 * Runs every job once a round, each round beginning with another one, so that what the machine does meanwhile falls on
 * all of them alike. A job returns what it measured. The first `warmups` rounds are thrown away.
 */
export async function interleave<K extends string>(
  rounds: number,
  warmups: number,
  jobs: Record<K, (round: number) => Promise<number>>,
): Promise<Record<K, number[]>> {
  const names = Object.keys(jobs) as K[];
  const measured = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (let round = 0; round < rounds + warmups; round += 1) {
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(round + turn) % names.length] as K;
      const value = await jobs[name](round);
      if (round >= warmups) measured[name].push(value);
    }
  }
  return measured;
}
