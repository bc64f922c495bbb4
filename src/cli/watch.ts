import type { Client } from '../contract/client.ts';
import { follow } from '../contract/connection/follow.ts';
import type { StreamMessage } from '../contract/stream/state.ts';
import { exitCodeOf, isUnsettled } from '../contract/task/derive.ts';
import { fold } from '../contract/task/fold.ts';
import type { Task } from '../contract/task/state.ts';
import { duration } from '../contract/words/measure.ts';
import type { Context } from './context.ts';
import { EXIT_INTERRUPTED, EXIT_TIMEOUT, Failure } from './failure.ts';

export interface WatchOptions {
  taskId: string;
  /** The last event already known; left out: what is known now. */
  after?: number;
  /** Streaming text too. */
  live?: boolean;
  timeoutMs?: number;
  /** Keeps on after a task that has not been started, until it has run. */
  patient?: boolean;
  /** Ends as soon as it is so, too. */
  until?(task: Task): boolean;
  onMessage?(message: StreamMessage): void | Promise<void>;
  /** The approvals that the task waits for, as they are at first and whenever one is added. */
  onWaiting?(approvals: Task['approvals']): void;
  /** A command seems to wait for input: as it is at first, and whenever that is noticed. */
  onStall?(stall: NonNullable<Task['stall']>): void;
}

/**
 * Watches a task until it is settled and returns it as it is then. Survives a restart of Drover without a gap or a
 * repeat. Throws `Failure`: when interrupted (130), when the time is up (124), when the task is deleted meanwhile.
 */
export async function watchTask(context: Context, client: Client, options: WatchOptions): Promise<Task> {
  const { taskId } = options;
  const { task: begin, fromSeq } = await client.tasks.get({ taskId });
  const after = options.after ?? fromSeq;
  if (begin.approvals.length > 0) options.onWaiting?.(begin.approvals);
  if (begin.stall !== null) options.onStall?.(begin.stall);
  let task: Task | null = begin;
  let seen = after;
  const ending = new AbortController();
  let failure: Failure | null = null;
  const stop = (why: Failure) => {
    failure ??= why;
    ending.abort();
  };
  const release = context.onInterrupt(() => stop(interrupted(taskId)));
  const timer =
    options.timeoutMs === undefined
      ? undefined
      : setTimeout(() => stop(timedOut(taskId, options.timeoutMs ?? 0)), options.timeoutMs);
  const aborted = new Promise<void>((resolve) =>
    ending.signal.addEventListener('abort', () => resolve(), { once: true }),
  );

  const onMessage = async (message: StreamMessage) => {
    await options.onMessage?.(message);
    if (message.type === 'event') {
      seen = message.event.seq;
      if (seen <= fromSeq) return;
      task = fold(task, message.event.event, message.event.at);
      if (message.event.event.type === 'approval.requested') options.onWaiting?.(task?.approvals ?? []);
      if (message.event.event.type === 'stall.noticed' && task?.stall) options.onStall?.(task.stall);
      if (message.event.event.type === 'task.deleted') stop(new Failure('not-found', `Task ${taskId} was deleted.`));
      else if (!settles(message.event.event.type) && !options.until) return;
    } else if (message.type === 'caught-up') {
      seen = Math.max(seen, message.seq);
    } else {
      return;
    }
    if (task !== null && options.until?.(task)) return ending.abort();
    if (task === null || !isOver(task, options.patient ?? false)) return;
    // A run that is recovered settles and is queued again in one step, and may have come to its end since: the end of the
    // task is the end of its log.
    const { events } = await client.tasks.log({ taskId, after: seen, limit: 1 });
    if (events.length === 0) ending.abort();
  };

  try {
    // `follow` notices the end only at its next attempt to connect; nobody waits for that.
    await Promise.race([
      follow(client, { after, taskId, live: options.live ?? false }, onMessage, ending.signal),
      aborted,
    ]);
  } finally {
    clearTimeout(timer);
    release();
    ending.abort();
  }
  if (failure !== null) throw failure;
  return task;
}

/** The exit code of a command that waited for this task. */
export function exitCodeOfTask(task: Task): number {
  return exitCodeOf(task.status, task.outcome);
}

function settles(type: string): boolean {
  return type === 'run.settled' || type === 'task.cancelled';
}

function isOver(task: Task, patient: boolean): boolean {
  return !isUnsettled(task.status) && !(patient && task.status === 'draft');
}

function interrupted(taskId: string): Failure {
  const message = `No longer waiting; task ${taskId} continues. \`drover task stop ${taskId}\` stops it.`;
  return new Failure('interrupted', message, { exitCode: EXIT_INTERRUPTED });
}

function timedOut(taskId: string, ms: number): Failure {
  const message = `Task ${taskId} is not settled after ${duration(ms)}; it continues.`;
  return new Failure('timeout', message, { exitCode: EXIT_TIMEOUT });
}
