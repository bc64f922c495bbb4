import type { PendingApproval } from '../contract/approval/state.ts';
import type { Client } from '../contract/client.ts';
import type { Task } from '../contract/task/state.ts';
import { revealHidden } from '../contract/text.ts';
import { type Context, type GlobalOptions, remark, show } from './context.ts';
import { readDuration } from './input/numbers.ts';
import { createLogOutput } from './log-output.ts';
import { safeLine } from './printing/sanitise.ts';
import { outcomeLines, taskLine } from './printing/task.ts';
import { exitCodeOfTask, watchTask } from './watch.ts';

/** The options of commands that can wait for a task. */
export interface WaitOptions {
  wait?: boolean;
  /** Waits and shows the log meanwhile. */
  follow?: boolean;
  timeout?: string;
}

/**
 * Waits until a task is settled, says how it ended, and returns the exit code for it. With `--follow` the log is shown
 * meanwhile, and with `--json` too the events are all that is printed.
 */
export async function awaitTask(
  context: Context,
  client: Client,
  options: WaitOptions & GlobalOptions,
  taskId: string,
  { fromBeginning = false }: { fromBeginning?: boolean } = {},
): Promise<number> {
  const timeoutMs = options.timeout === undefined ? undefined : readDuration(options.timeout, '--timeout');
  if (!options.follow) {
    const task = await watchTask(context, client, {
      taskId,
      timeoutMs,
      onWaiting: sayWaiting(context),
      onStall: sayStall(context, taskId),
    });
    show(context, options, task, (view) => outcomeLines(view, task.status, task.outcome));
    return exitCodeOfTask(task);
  }
  const { task: begin } = await client.tasks.get({ taskId });
  const output = createLogOutput(context, client, options, begin);
  try {
    const task = await watchTask(context, client, {
      taskId,
      timeoutMs,
      live: output.live,
      ...(fromBeginning ? { after: 0 } : {}),
      onMessage: output.write,
    });
    return exitCodeOfTask(task);
  } finally {
    output.end();
  }
}

/** Says that an agent waits for an answer, once for each. */
function sayWaiting(context: Context): (approvals: readonly PendingApproval[]) => void {
  const said = new Set<string>();
  return (approvals) => {
    for (const { id, title } of approvals) {
      if (said.has(id)) continue;
      said.add(id);
      remark(context, `Waiting for you: ${safeLine(revealHidden(title))}. \`drover approval show ${id}\` shows it.`);
    }
  };
}

/** Says that a command seems to wait for input that nobody gives. */
function sayStall(context: Context, taskId: string): (stall: NonNullable<Task['stall']>) => void {
  return ({ words }) =>
    remark(
      context,
      `${safeLine(revealHidden(words))} \`drover task log ${taskId}\` shows it, \`drover task stop ${taskId}\` stops the task.`,
    );
}

/** Says once that the connection is gone, while a command waits for it to come back. */
export function lostAndBack(context: Context): (state: 'lost' | 'back') => void {
  return (state) => {
    if (state === 'lost') remark(context, 'Connection lost, waiting for Drover…');
  };
}

/** Shows the task that something was just done to, or waits for it where that was asked for. */
export async function showOrAwait(
  context: Context,
  client: Client,
  options: WaitOptions & GlobalOptions,
  task: Task,
  { fromBeginning = false }: { fromBeginning?: boolean } = {},
): Promise<number | undefined> {
  const wait = wantsToWait(options);
  if (!wait || !options.json) show(context, options, task, (view) => [taskLine(view, task)]);
  return wait ? awaitTask(context, client, options, task.id, { fromBeginning }) : undefined;
}

/** `--follow` and `--timeout` mean nothing without waiting, so they ask for it. */
export function wantsToWait(options: WaitOptions): boolean {
  return Boolean(options.wait || options.follow || options.timeout !== undefined);
}
