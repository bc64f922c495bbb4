import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * The name of the program that has the terminal of the shell `pid` now, or null when that is the shell itself, or nobody
 * can tell. Linux: two reads of /proc; macOS and others: two calls of `ps`; Windows cannot tell.
 */
export function foregroundOf(pid: number): string | null {
  if (process.platform === 'win32') return null;
  const leader = process.platform === 'linux' ? foregroundOnLinux(pid) : Number(ps(pid, 'tpgid='));
  if (leader === null || !Number.isInteger(leader) || leader <= 0 || leader === pid) return null;
  return nameOf(leader);
}

/** proc(5): the group that has the terminal is field 8 of `stat`, counted from the bracket that closes the name. */
function foregroundOnLinux(pid: number): number | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return Number(fields[5]);
  } catch {
    return null;
  }
}

function nameOf(pid: number): string {
  if (process.platform !== 'linux') return basename(ps(pid, 'comm=')) || 'a program';
  try {
    const [program = ''] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return basename(program) || readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return 'a program';
  }
}

function ps(pid: number, field: string): string {
  const env = { PATH: '/bin:/usr/bin', LC_ALL: 'C' };
  return (spawnSync('ps', ['-p', String(pid), '-o', field], { encoding: 'utf8', env }).stdout ?? '').trim();
}
