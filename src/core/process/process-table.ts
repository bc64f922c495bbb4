import { readdirSync, readFileSync, statSync } from 'node:fs';
import { type ProcessRow, processRow, psRows, windowsRows } from './identity.ts';

/** Everything that runs on this machine, zombies left out. Linux: about 10 µs a process. */
export function processTable(): ProcessRow[] {
  if (process.platform === 'win32') return windowsRows('');
  if (process.platform !== 'linux') return psRows(['-A']).filter((row) => !row.zombie);
  const rows: ProcessRow[] = [];
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const row = processRow(pid);
    if (row && !row.zombie) rows.push(row);
  }
  return rows;
}

/**
 * The values that an environment variable has in the processes of this user, each with the processes that were started
 * with it: one look at everything that runs, or at the rows that are given. Linux only; empty elsewhere.
 */
export function environmentValues(name: string, rows?: readonly ProcessRow[]): Map<string, ProcessRow[]> {
  const found = new Map<string, ProcessRow[]>();
  if (process.platform !== 'linux') return found;
  for (const row of rows ?? processTable()) {
    if (row.pid === process.pid) continue;
    const value = environmentValue(row.pid, name);
    if (value === null) continue;
    const same = found.get(value);
    if (same) same.push(row);
    else found.set(value, [row]);
  }
  return found;
}

/**
 * Those of the rows whose processes, of this user, were started with a variable that has a value that fits. Each is looked
 * into once. Linux only; none elsewhere.
 */
export function rowsWith(
  rows: readonly ProcessRow[],
  fits: Readonly<Record<string, (value: string) => boolean>>,
): ProcessRow[] {
  if (process.platform !== 'linux') return [];
  const names = Object.entries(fits);
  return rows.filter(({ pid }) => {
    const environment = environmentOf(pid);
    return environment !== null && names.some(([name, isOurs]) => isOurs(valueIn(environment, name) ?? ''));
  });
}

function environmentValue(pid: number, name: string): string | null {
  const environment = environmentOf(pid);
  return environment === null ? null : valueIn(environment, name);
}

function valueIn(environment: Buffer, name: string): string | null {
  if (!environment.includes(`${name}=`)) return null;
  const entry = environment
    .toString('utf8')
    .split('\0')
    .find((each) => each.startsWith(`${name}=`));
  return entry === undefined ? null : entry.slice(name.length + 1);
}

/** Null for a process that has gone in this moment, or is another user's. */
function environmentOf(pid: number): Buffer | null {
  try {
    return statSync(`/proc/${pid}`).uid === process.getuid?.() ? readFileSync(`/proc/${pid}/environ`) : null;
  } catch {
    return null;
  }
}

/**
 * Whether the environment a process of this user was started with holds `entry` (`NAME=value`) exactly. Only Linux can
 * tell (`/proc/<pid>/environ`); elsewhere false. False too for processes of other users.
 */
export function bearsEntry(pid: number, entry: string): boolean {
  if (process.platform !== 'linux') return false;
  try {
    if (statSync(`/proc/${pid}`).uid !== process.getuid?.()) return false;
    const environment = readFileSync(`/proc/${pid}/environ`);
    // Cheap for the many that do not have it; then the exact look, entry by entry.
    if (!environment.includes(entry)) return false;
    return `\0${environment.toString('utf8')}\0`.includes(`\0${entry}\0`);
  } catch {
    return false;
  }
}
