import type { ProcessIdentity } from '../../contract/run/state.ts';
import { addDescendants } from '../process/descendants.ts';
import type { ProcessRow } from '../process/identity.ts';
import { runsWithProcesses } from '../process/kill-tree.ts';
import { processTable } from '../process/process-table.ts';

/** A run, and its agent where one runs. */
export interface RunRoot {
  runId: string;
  agent: ProcessIdentity | null;
}

/**
 * The processes of runs, by one look at everything that runs: of each its agent, what bears its mark (also what has left
 * its parents behind), and what those have started. Where the system shows no environments, the agent and its own.
 */
export function runTrees(roots: readonly RunRoot[]): Map<string, ProcessRow[]> {
  const rows = processTable().filter(({ pid }) => pid !== process.pid && pid !== 1);
  const marked = runsWithProcesses(rows);
  return new Map(
    roots.map(({ runId, agent }) => {
      const members = new Map((marked.get(runId) ?? []).map((row) => [row.pid, row]));
      const own = agent && rows.find(({ pid, startTime }) => pid === agent.pid && startTime === agent.startTime);
      if (own) members.set(own.pid, own);
      addDescendants(members, rows);
      return [runId, [...members.values()]];
    }),
  );
}
