import { columnOf, summarize } from '../../contract/task/derive.ts';
import type { LoggedEvent } from '../../contract/task/events.ts';
import type { TaskStatus, TaskSummary } from '../../contract/task/state.ts';
import type { Caller, Core } from '../../core/core-api.ts';

/** The tasks that the tray and the notifications are about: those that are under way, and those that failed. */
export interface TaskFeed {
  tasks(): readonly TaskSummary[];
  /** Resolves when `signal` aborts. */
  readonly ended: Promise<void>;
}

export interface TaskFeedOptions {
  core: Core;
  signal: AbortSignal;
  /** The tasks are not what they were. Comes at most a few times a second. */
  onChange(): void;
  /** An event, with the task as it is after it. */
  onEvent(event: LoggedEvent, task: TaskSummary): void;
}

const PERSON: Caller = { by: 'user', taskId: null };
const LOOKED_AT: TaskStatus[] = ['queued', 'running', 'failed'];
const MOST_KEPT = 500;
const MERGE_MS = 150;

/** Events that change nothing which the tray shows; a run is full of them. */
const QUIET =
  /^(message|entry|tool|approval|background|notice|agent|session|workspace|turn|verdict|retry|check)\.|^item\.noted$/;

export async function openTaskFeed({ core, signal, onChange, onEvent }: TaskFeedOptions): Promise<TaskFeed> {
  const kept = new Map<string, TaskSummary>();
  const after = core.events.seq();
  const listed = await core.api.tasks.list({ status: LOOKED_AT, limit: MOST_KEPT }, PERSON);
  if (listed.ok) for (const task of listed.value.tasks) kept.set(task.id, task);

  let timer: NodeJS.Timeout | null = null;
  const change = () => {
    timer ??= setTimeout(() => {
      timer = null;
      onChange();
    }, MERGE_MS);
  };

  async function read(): Promise<void> {
    for await (const message of core.events.subscribe({ after }, signal)) {
      if (message.type !== 'event' || QUIET.test(message.event.event.type)) continue;
      const { taskId } = message.event;
      const got = await core.api.tasks.get({ taskId }, PERSON);
      const summary = got.ok ? summarize(got.value.task) : null;
      if (summary !== null && LOOKED_AT.includes(summary.status)) keep(kept, summary);
      else kept.delete(taskId);
      change();
      if (summary !== null) onEvent(message.event, summary);
    }
  }
  const ended = read()
    .catch((error: unknown) => {
      if (!signal.aborted) throw error;
    })
    .finally(() => clearTimeout(timer ?? undefined));
  return { tasks: () => [...kept.values()], ended };
}

/** When there are too many, what failed longest ago goes: what is under way stays. */
function keep(kept: Map<string, TaskSummary>, task: TaskSummary): void {
  kept.set(task.id, task);
  if (kept.size <= MOST_KEPT) return;
  const failed = [...kept.values()].filter((each) => columnOf(each) === 'Failed');
  const oldest = failed.sort((a, b) => a.updatedAt - b.updatedAt)[0];
  if (oldest !== undefined) kept.delete(oldest.id);
}
