import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** The kernel counts processor time in hundredths of a second on every Linux that Node runs on (USER_HZ). */
const TICK_MS = 10;

/** Memory of a process in MB (2^20 bytes): what it holds now. */
export function residentMb(pid: number): number {
  return statusMb(pid, 'VmRSS');
}

/** The most it has held since it began, or since `resetPeak`. */
export function peakMb(pid: number): number {
  return statusMb(pid, 'VmHWM');
}

/** From now on `peakMb` counts anew (proc(5), clear_refs). */
export function resetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** Milliseconds of processor time, user and system, that a process has spent in all its threads. */
export function processorMs(pid: number): number {
  const fields = statFields(pid);
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** The pids of the children of a process. */
export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((one) => {
      try {
        return Number.isInteger(one) && Number(statFields(one)[1]) === pid;
      } catch {
        return false;
      }
    });
}

/** A process and everything below it. */
export function treeOf(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(treeOf)];
}

/** Memory of processes in MB, what they share counted once (PSS); one that has just ended counts nothing. */
export function sharedOutMb(pids: readonly number[]): number {
  return sumOf(pids, (pid) => {
    const found = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
    return Number(found?.[1]) / 1024;
  });
}

/** Milliseconds that the threads of processes which live now have run so far, to the nanosecond (proc(5), schedstat). */
export function runMs(pids: readonly number[]): number {
  return sumOf(pids, (pid) =>
    sumOf(threadsOf(pid), (tid) => {
      return Number(readFileSync(`/proc/${pid}/task/${tid}/schedstat`, 'utf8').split(' ')[0]) / 1_000_000;
    }),
  );
}

/** How often the threads of processes which live now have gone to sleep so far. */
export function sleeps(pids: readonly number[]): number {
  return sumOf(pids, (pid) =>
    sumOf(threadsOf(pid), (tid) => {
      const text = readFileSync(`/proc/${pid}/task/${tid}/status`, 'utf8');
      return Number(/^voluntary_ctxt_switches:\s+(\d+)$/m.exec(text)?.[1]);
    }),
  );
}

function threadsOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).map(Number);
}

function sumOf(ids: readonly number[], read: (id: number) => number): number {
  let sum = 0;
  for (const id of ids) {
    try {
      sum += read(id);
    } catch {
      // It has ended meanwhile.
    }
  }
  return sum;
}

function statusMb(pid: number, name: string): number {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(found?.[1]) / 1024;
}

/** The fields of /proc/<pid>/stat after the name, which may hold anything: the first is the state. */
function statFields(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}
