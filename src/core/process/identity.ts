import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import type { ProcessIdentity } from '../../contract/run/state.ts';

/** One line of the process table. `startTime` is what `identify` gives for the same process. */
export interface ProcessRow {
  pid: number;
  parent: number;
  /** Process group and session; 0 where the system does not tell. */
  group: number;
  session: number;
  startTime: string;
  zombie: boolean;
}

let boot: string | null = null;

/** Start times are counted from boot: with the id of the boot they are never the same for two processes of one pid. */
function bootId(): string {
  if (boot === null) {
    try {
      boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    } catch {
      boot = '';
    }
  }
  return boot;
}

/**
 * The row of one process, or null when there is none. Linux: `/proc/<pid>/stat` (proc(5): the name stands in brackets
 * and may hold anything, so fields are counted from the last bracket; field 22 is the start time in clock ticks).
 * macOS and others: one `ps` call (about 5 ms). Windows: one PowerShell call (about 300 ms), no group and no session.
 */
export function processRow(pid: number): ProcessRow | null {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  if (process.platform === 'linux') return linuxRow(pid);
  if (process.platform === 'win32') return windowsRows(`-Filter "ProcessId=${pid}"`)[0] ?? null;
  return psRows(['-p', String(pid)])[0] ?? null;
}

/** Room for one line of /proc/<pid>/stat, which is a few hundred bytes. */
const room = Buffer.allocUnsafe(4096);

/** Whole tables are read while somebody waits for an agent to end; plain reads take two thirds of `readFileSync`. */
function readStat(pid: number): string | null {
  let file: number;
  try {
    file = openSync(`/proc/${pid}/stat`, 'r');
  } catch {
    return null;
  }
  try {
    return room.toString('latin1', 0, readSync(file, room, 0, room.length, 0));
  } catch {
    return null;
  } finally {
    closeSync(file);
  }
}

function linuxRow(pid: number): ProcessRow | null {
  const text = readStat(pid);
  if (text === null) return null;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, parent, group, session] = fields;
  const startTime = fields[19];
  if (startTime === undefined) return null;
  return {
    pid,
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    startTime: `${bootId()}:${startTime}`,
    zombie: state === 'Z' || state === 'X',
  };
}

/** Rows by `ps`, with the arguments that select them. Unreadable lines are left out. */
export function psRows(select: readonly string[]): ProcessRow[] {
  const answer = spawnSync('ps', [...select, '-o', 'pid=,ppid=,pgid=,stat=,lstart='], {
    encoding: 'utf8',
    env: { PATH: '/bin:/usr/bin', LC_ALL: 'C', TZ: 'UTC' },
    maxBuffer: 16 * 1024 * 1024,
  });
  const rows: ProcessRow[] = [];
  for (const line of (answer.stdout ?? '').split('\n')) {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line);
    if (!match) continue;
    const [, pid, parent, group, state = '', startTime = ''] = match;
    rows.push({
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      session: 0,
      startTime,
      zombie: state.startsWith('Z'),
    });
  }
  return rows;
}

/** Rows on Windows by CIM; `select` is one of our own constant texts. */
export function windowsRows(select: string): ProcessRow[] {
  const script = `Get-CimInstance Win32_Process ${select} | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId) $($_.CreationDate.Ticks)" }`;
  const answer = spawnSync('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script], {
    encoding: 'utf8',
    windowsHide: true,
    maxBuffer: 16 * 1024 * 1024,
  });
  const rows: ProcessRow[] = [];
  for (const line of (answer.stdout ?? '').split('\n')) {
    const match = /^(\d+) (\d+) (\d+)\s*$/.exec(line);
    if (!match) continue;
    const [, pid, parent, startTime = ''] = match;
    rows.push({
      pid: Number(pid),
      parent: Number(parent),
      group: 0,
      session: 0,
      startTime,
      zombie: false,
    });
  }
  return rows;
}

/**
 * Who has this pid now, or null when nobody has. A process that has ended but was not reaped (a zombie) still has its
 * identity.
 */
export function identify(pid: number): ProcessIdentity | null {
  const row = processRow(pid);
  return row ? { pid, startTime: row.startTime } : null;
}

/** Whether this very process still runs: false for a zombie, and when the pid belongs to another process by now. */
export function isAlive(identity: ProcessIdentity): boolean {
  const row = processRow(identity.pid);
  return row !== null && !row.zombie && row.startTime === identity.startTime;
}
