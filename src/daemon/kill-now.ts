import { processTable } from '../core/process/process-table.ts';

/**
 * SIGKILL to every process below this one, without waiting: for a host that must be gone now. What has left the tree is
 * ended by the next host, which knows it by its record.
 */
export function killDescendants(): void {
  const rows = processTable();
  const ours = new Set([process.pid]);
  for (let size = 0; size !== ours.size; ) {
    size = ours.size;
    for (const row of rows) if (ours.has(row.parent)) ours.add(row.pid);
  }
  ours.delete(process.pid);
  for (const pid of ours) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone in this moment.
    }
  }
}
