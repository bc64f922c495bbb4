import type { Listening, TaskProcess, TaskProcesses } from '../../../../contract/process/state.ts';

/** What a process uses, as shares of one processor; null until two looks can be compared. */
export type CpuOf = (process: TaskProcess) => number | null;

/** How much of one processor each has used between two looks. */
export function cpuBetween(before: TaskProcesses | null, now: TaskProcesses): CpuOf {
  const span = before === null ? 0 : now.at - before.at;
  const earlier = new Map(before?.processes.map((one) => [`${one.pid} ${one.startTime}`, one.cpuMs]));
  return ({ pid, startTime, cpuMs }) => {
    const used = earlier.get(`${pid} ${startTime}`);
    if (span <= 0 || cpuMs === null || used === null || used === undefined) return null;
    return Math.max(0, cpuMs - used) / span;
  };
}

/** The sum of what is known; null where nothing is. */
export function sumOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/** `12 %` of one processor. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Where a browser of this machine reaches a port; null where it listens only for others. */
export function addressOf({ port, address }: Listening): string | null {
  if (address === '0.0.0.0' || address.startsWith('127.')) {
    return `http://${address === '0.0.0.0' ? '127.0.0.1' : address}:${port}/`;
  }
  return address === '::' || address === '::1' ? `http://[::1]:${port}/` : null;
}
