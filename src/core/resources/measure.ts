import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { TaskProcess } from '../../contract/process/state.ts';

export interface Use extends Pick<TaskProcess, 'command' | 'cpuMs' | 'memory'> {
  /** Processor time of those that it has started and that have ended since, in milliseconds; 0 where it is not known. */
  reapedMs: number;
}

const COMMAND_KEPT = 300;
/** `sysconf(_SC_CLK_TCK)`, which is 100 on every Linux that Node runs on. */
const TICK_MS = 10;
const UNKNOWN: Use = { command: '', cpuMs: null, memory: null, reapedMs: 0 };

/** What processes use and how they were called, by pid; those that are gone by now are left out. */
export function measure(pids: readonly number[]): Map<number, Use> {
  if (process.platform === 'linux') return new Map(pids.flatMap((pid) => entryOf(pid, readLinux(pid))));
  if (process.platform === 'win32' || pids.length === 0) return new Map(pids.map((pid) => [pid, UNKNOWN]));
  return askPs(pids);
}

const entryOf = (pid: number, use: Use | null): [number, Use][] => (use === null ? [] : [[pid, use]]);

/** proc(5): the times are fields 14 to 17 of `stat`, counted from the bracket that closes the name. */
function readLinux(pid: number): Use | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const memory = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    const called = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/\0+$/, '').replaceAll('\0', ' ');
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    return {
      command: (called || name).slice(0, COMMAND_KEPT),
      cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS,
      memory: memory === undefined ? null : Number(memory) * 1024,
      reapedMs: (Number(fields[13]) + Number(fields[14])) * TICK_MS,
    };
  } catch {
    return null;
  }
}

/**
 * The memory of a process in bytes, with what it shares counted by its part: never more than `memory`. Null where the
 * system does not tell.
 */
export function shareOfMemory(pid: number): number | null {
  try {
    const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}

function askPs(pids: readonly number[]): Map<number, Use> {
  const { stdout } = spawnSync('ps', ['-p', pids.join(','), '-o', 'pid=,time=,rss=,args='], {
    encoding: 'utf8',
    env: { PATH: '/bin:/usr/bin', LC_ALL: 'C' },
    maxBuffer: 16 * 1024 * 1024,
  });
  return readPs(stdout ?? '');
}

/** Lines of `ps` as pid, processor time, kibibytes and command. */
export function readPs(text: string): Map<number, Use> {
  const found = new Map<number, Use>();
  for (const line of text.split('\n')) {
    const [, pid, time, memory, command = ''] = /^\s*(\d+)\s+([\d:.-]+)\s+(\d+)\s(.*)$/.exec(line) ?? [];
    if (pid === undefined || time === undefined) continue;
    found.set(Number(pid), {
      command: command.trim().slice(0, COMMAND_KEPT),
      cpuMs: readTime(time),
      memory: Number(memory) * 1024,
      reapedMs: 0,
    });
  }
  return found;
}

/** `1-02:03:04`, `02:03:04` or `3:04.56` in milliseconds. */
function readTime(text: string): number {
  const [clock = '', days = '0'] = text.split('-').reverse();
  const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.round((Number(days) * 86_400 + seconds) * 1000);
}
