import { performance } from 'node:perf_hooks';
import type { TaskProcesses } from '../../contract/process/state.ts';
import { accept, reject } from '../../contract/rejection.ts';
import type { Task } from '../../contract/task/state.ts';
import type { CoreApi } from '../core-api.ts';
import { isAlive, type ProcessRow } from '../process/identity.ts';
import { killTree } from '../process/kill-tree.ts';
import { measure } from './measure.ts';
import { portsOf } from './ports-of.ts';
import { type TreeMarks, taskTree } from './task-tree.ts';

/** Between SIGTERM and SIGKILL when a person waits for the end. */
const END_GRACE_MS = 3_000;

interface Deps {
  task(taskId: string): Pick<Task, 'id' | 'run'> | null;
  /** Whether the value of `DROVER_TERMINAL` names a terminal of the task. */
  isTerminalOf(taskId: string, mark: string): boolean;
}

/** The calls of the contract on the processes of tasks: each looks once, and nothing runs between two of them. */
export function createProcessCalls({ task, isTerminalOf }: Deps): CoreApi['processes'] {
  const marksOf = ({ id, run }: Pick<Task, 'id' | 'run'>): TreeMarks => ({
    agent: run?.process ?? null,
    bears: {
      DROVER_RUN: (value) => value.startsWith(`${id}.`),
      DROVER_TERMINAL: (value) => isTerminalOf(id, value),
    },
  });
  const missing = (taskId: string) => reject('not-found', `There is no task ${taskId}.`);

  return {
    async list({ taskId }) {
      const found = task(taskId);
      if (found === null) return missing(taskId);
      return accept(look(taskTree(marksOf(found)), found.run?.process?.pid));
    },
    async end({ taskId, pid, startTime }) {
      const found = task(taskId);
      if (found === null) return missing(taskId);
      const row = taskTree(marksOf(found)).find((one) => one.pid === pid);
      if (row === undefined || row.startTime !== startTime) {
        return isAlive({ pid, startTime })
          ? reject('forbidden', `Process ${pid} does not belong to task ${taskId}.`)
          : accept({ ended: true });
      }
      if (found.run?.process?.pid === pid) {
        return reject('wrong-state', `Process ${pid} is the agent of task ${taskId}. Stop the task instead.`, ['stop']);
      }
      return accept({ ended: await killTree({ identity: row, graceMs: END_GRACE_MS }) });
    },
  };
}

function look(rows: readonly ProcessRow[], agent: number | undefined): TaskProcesses {
  const pids = rows.map(({ pid }) => pid);
  const [uses, ports] = [measure(pids), portsOf(pids)];
  const processes = rows.flatMap(({ pid, startTime, parent }) => {
    const use = uses.get(pid);
    if (use === undefined) return [];
    const { command, cpuMs, memory } = use;
    const isAgent = pid === agent ? { agent: true as const } : {};
    return [{ pid, startTime, parent, command, cpuMs, memory, ...isAgent, ports: ports?.get(pid) ?? [] }];
  });
  return { at: Math.round(performance.now()), processes, portsKnown: ports !== null };
}
