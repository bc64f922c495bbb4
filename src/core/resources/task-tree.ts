import type { ProcessIdentity } from '../../contract/run/state.ts';
import { addDescendants } from '../process/descendants.ts';
import type { ProcessRow } from '../process/identity.ts';
import { processTable, rowsWith } from '../process/process-table.ts';

/** By what the processes of a task are known. */
export interface TreeMarks {
  /** Its agent, where one runs. */
  agent: ProcessIdentity | null;
  /** Whether the value of an environment variable is one of the task. */
  bears: Readonly<Record<string, (value: string) => boolean>>;
}

/**
 * All processes of a task: its agent, what bears one of its marks, and what those have started. Where the system shows
 * no environments, only the agent and what it has started. Never this process.
 */
export function taskTree({ agent, bears }: TreeMarks): ProcessRow[] {
  const rows = processTable().filter(({ pid }) => pid !== process.pid && pid !== 1);
  const members = new Map<number, ProcessRow>();
  for (const row of rows) {
    if (agent !== null && row.pid === agent.pid && row.startTime === agent.startTime) members.set(row.pid, row);
  }
  for (const row of rowsWith(rows, bears)) members.set(row.pid, row);
  addDescendants(members, rows);
  return [...members.values()].sort((one, other) => one.pid - other.pid);
}
