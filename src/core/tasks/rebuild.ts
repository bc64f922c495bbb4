import type { Run } from '../../contract/run/state.ts';
import { fold } from '../../contract/task/fold.ts';
import { type Task, type TaskSummary, task as taskSchema } from '../../contract/task/state.ts';
import type { Log } from '../log/log.ts';

const PAGE = 1000;

/**
 * A task as it is stored, with the defaults of what it was stored without; null when that is damaged: no JSON, or not the
 * state of a task.
 */
export function readTask(state: string, goal: string | null): Task | null {
  const value = parse(state);
  if (typeof value !== 'object' || value === null || goal === null) return null;
  return taskSchema.safeParse({ ...value, goal }).data ?? null;
}

/** A summary as it is stored; null when it is damaged. Not looked at closely, because lists have thousands of them. */
export function readSummary(text: string, id: string): TaskSummary | null {
  const value = parse(text) as Partial<TaskSummary> | null;
  return value?.id === id && typeof value.title === 'string' ? (value as TaskSummary) : null;
}

/** A run as it is stored; null when it is damaged. */
export function readRun(text: string, id: string): Run | null {
  const value = parse(text) as Partial<Run> | null;
  return value?.id === id ? (value as Run) : null;
}

/** The task and its runs as the log tells them; null where the log knows no such task. */
export function fromLog(log: Pick<Log, 'read'>, taskId: string): { task: Task; runs: Run[] } | null {
  const runs = new Map<string, Run>();
  let task: Task | null = null;
  for (let after = 0; ; ) {
    const page = log.read({ after, taskId, limit: PAGE });
    for (const { event, at } of page) {
      task = fold(task, event, at);
      if (task?.run) runs.set(task.run.id, task.run);
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    after = last.seq;
  }
  return task === null ? null : { task, runs: [...runs.values()] };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
