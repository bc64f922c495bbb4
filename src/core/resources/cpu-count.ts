import type { ProcessIdentity } from '../../contract/run/state.ts';

/** What one process has used so far; times in milliseconds. */
export interface CpuRow extends ProcessIdentity {
  parent: number;
  /** Of its own. */
  cpuMs: number;
  /** Of those that it has started and that have ended. */
  reapedMs: number;
}

/**
 * Adds up the processor time of a tree whose processes come and go between two looks, with that of those which no look
 * has seen. It never becomes less.
 */
export interface CpuCount {
  /** Takes what a look has found, and returns all that was used so far, in milliseconds. */
  add(rows: readonly CpuRow[]): number;
}

export function createCpuCount(): CpuCount {
  let total = 0;
  let before = new Map<string, CpuRow>();

  return {
    add(rows) {
      const now = new Map(rows.map((row) => [`${row.pid} ${row.startTime}`, row]));
      // Counted already when it was seen, and with its parent once it has ended.
      const counted = new Map<number, number>();
      for (const [key, { parent, cpuMs, reapedMs }] of before) {
        if (!now.has(key)) counted.set(parent, (counted.get(parent) ?? 0) + cpuMs + reapedMs);
      }
      for (const [key, { pid, cpuMs, reapedMs }] of now) {
        const last = before.get(key);
        total += Math.max(0, cpuMs - (last?.cpuMs ?? 0));
        total += Math.max(0, reapedMs - (last?.reapedMs ?? 0) - (last ? (counted.get(pid) ?? 0) : 0));
      }
      before = now;
      return total;
    },
  };
}
