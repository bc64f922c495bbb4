import { waitingAfter } from '../../contract/approval/waiting.ts';
import type { StreamMessage } from '../../contract/stream/state.ts';
import { stateOf, summarize } from '../../contract/task/derive.ts';
import type { LoggedEvent } from '../../contract/task/events.ts';
import type { Task, TaskStatus, TaskSummary } from '../../contract/task/state.ts';
import { PERSON } from '../../core/core-api.ts';
import type { Drover } from '../drover/drover.ts';
import { isPlain, type WaitingApproval } from './waiting-approval.ts';

/** The tasks that the tray and the notifications are about: those that are under way, and those that failed. */
export interface TaskFeed {
  tasks(): readonly TaskSummary[];
  /** What waits for a person, oldest first. */
  approvals(): readonly WaitingApproval[];
  /** Resolves when `signal` aborts, or when the other process that has the tasks has ended. */
  readonly ended: Promise<void>;
}

export interface TaskFeedOptions {
  drover: Pick<Drover, 'api' | 'subscribe'>;
  signal: AbortSignal;
  /** The tasks are not what they were. Comes at most a few times a second. */
  onChange(): void;
  /** Other approvals wait than before. Comes at once. */
  onApprovals(): void;
  /** An event, with the task as it is after it. */
  onEvent(event: LoggedEvent, task: TaskSummary): void;
  /** Rows that are no tasks have changed. */
  onRows(what: Extract<StreamMessage, { type: 'changed' }>['what']): void;
  onFailure(error: unknown): void;
}

const LOOKED_AT: TaskStatus[] = ['queued', 'running', 'failed'];
const MOST_KEPT = 500;
const MERGE_MS = 150;
/** The waits between the tries to ask for a task, when the call fails. */
const ASK_AGAIN_MS = [50, 250, 1000];

/** Events that change nothing which the tray shows; a run is full of them. */
const QUIET =
  /^(message|entry|tool|background|notice|agent|session|workspace|turn|verdict|retry|check)\.|^item\.noted$/;

export async function openTaskFeed(options: TaskFeedOptions): Promise<TaskFeed> {
  const { drover, signal, onChange, onEvent } = options;
  const kept = new Map<string, TaskSummary>();
  let waiting: readonly WaitingApproval[] = [];

  let timer: NodeJS.Timeout | null = null;
  const change = () => {
    timer ??= setTimeout(() => {
      timer = null;
      onChange();
    }, MERGE_MS);
  };

  function wait(logged: LoggedEvent, task: Pick<Task, 'title' | 'projectId'> | null): void {
    const before = waiting;
    waiting = waitingAfter(waiting, logged, ({ approvalId: id, kind, tool, title, reason }, { taskId, at }) =>
      task === null
        ? null
        : {
            ...{ id, kind, tool, title, askedAt: at, isPlain: isPlain({ kind, title }, reason) },
            ...{ taskId, taskTitle: task.title, projectId: task.projectId },
          },
    );
    if (waiting !== before) options.onApprovals();
  }

  /** The task; null when there is none any more, undefined when it could not be asked for. */
  async function ask(taskId: string): Promise<Task | null | undefined> {
    for (const waitMs of ASK_AGAIN_MS) {
      const got = await drover.api.tasks.get({ taskId }, PERSON).catch((): null => null);
      if (got?.ok) return got.value.task;
      if (got?.rejection.code === 'not-found') return null;
      await new Promise((resolve) => setTimeout(resolve, waitMs).unref());
      if (signal.aborted) return undefined;
    }
    return undefined;
  }

  async function hear(event: LoggedEvent): Promise<void> {
    const { taskId } = event;
    // What nobody had to be asked about.
    if (event.event.type === 'approval.settled' && !waiting.some((one) => one.taskId === taskId)) return;
    const known = kept.get(taskId);
    // Nothing that is known keeps a question waiting, nor on the screen.
    if (known !== undefined || event.event.type !== 'approval.requested') wait(event, known ?? null);
    const task = await ask(taskId);
    // Not known is not gone: what was known stays until the task is heard of again.
    if (task === undefined) return;
    const summary = task === null ? null : summarize(task);
    if (summary !== null && LOOKED_AT.includes(summary.status) && summary.archivedAt === null) keep(kept, summary);
    else kept.delete(taskId);
    if (known === undefined) wait(event, task);
    change();
    if (summary !== null) onEvent(event, summary);
  }

  const listed = await drover.api.tasks.list({ status: LOOKED_AT, archived: false, limit: MOST_KEPT }, PERSON);
  if (listed.ok) for (const task of listed.value.tasks) kept.set(task.id, task);
  const pending = await drover.api.approvals.list({ status: ['pending'], limit: MOST_KEPT }, PERSON);
  if (pending.ok) {
    waiting = pending.value.approvals.map((one) => {
      const { id, kind, tool, title, askedAt, taskId, taskTitle, projectId } = one;
      return { id, kind, tool, title, askedAt, taskId, taskTitle, projectId, isPlain: isPlain(one, one.reason) };
    });
  }

  async function read(): Promise<void> {
    const after = listed.ok ? { after: listed.value.fromSeq } : {};
    for await (const message of drover.subscribe(after, signal)) {
      if (message.type === 'changed') options.onRows(message.what);
      else if (message.type === 'event' && !QUIET.test(message.event.event.type)) await hear(message.event);
    }
  }
  const ended = read()
    .catch((error: unknown) => {
      if (!signal.aborted) options.onFailure(error);
    })
    .finally(() => clearTimeout(timer ?? undefined));
  return {
    tasks: () => [...kept.values()],
    approvals: () => waiting,
    ended,
  };
}

/** When there are too many, what failed longest ago goes: what is under way stays. */
function keep(kept: Map<string, TaskSummary>, task: TaskSummary): void {
  kept.set(task.id, task);
  if (kept.size <= MOST_KEPT) return;
  const failed = [...kept.values()].filter((each) => stateOf(each) === 'failed');
  const oldest = failed.sort((a, b) => a.updatedAt - b.updatedAt)[0];
  if (oldest !== undefined) kept.delete(oldest.id);
}
