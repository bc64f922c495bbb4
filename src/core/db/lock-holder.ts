import { readFileSync, statSync } from 'node:fs';

/**
 * The other program that holds a lock on a file of SQLite, or on what lies beside it, as `sqlite3, process 4711`. Null
 * when it cannot be told: only Linux lists locks (`/proc/locks`, proc(5): type, mode, kind, pid, device:inode, range).
 */
export function lockHolder(file: string): string | null {
  if (process.platform !== 'linux') return null;
  try {
    const inodes = ['', '-wal', '-shm'].flatMap((end) => {
      const found = statSync(file + end, { throwIfNoEntry: false });
      return found ? [String(found.ino)] : [];
    });
    for (const line of readFileSync('/proc/locks', 'utf8').split('\n')) {
      const match = /\s(READ|WRITE)\s+(\d+)\s+[0-9a-f]+:[0-9a-f]+:(\d+)\s/.exec(line);
      if (match?.[1] !== 'WRITE' || !inodes.includes(String(match[3]))) continue;
      const pid = Number(match[2]);
      if (pid !== process.pid) return `${readFileSync(`/proc/${pid}/comm`, 'utf8').trim()}, process ${pid}`;
    }
  } catch {
    // Gone in this moment, or not ours to look at.
  }
  return null;
}
