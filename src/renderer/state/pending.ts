import type { Approval } from '../../contract/approval/state.ts';
import { waitingAfter } from '../../contract/approval/waiting.ts';
import type { Client } from '../../contract/client.ts';
import type { LoggedEvent } from '../../contract/task/events.ts';
import type { TaskSummary } from '../../contract/task/state.ts';
import { createValue, type Value } from '../ui/value.ts';

const MOST = 500;

/** The approvals that wait for a person, oldest first. `total` may be more than are listed. */
export interface PendingList {
  readonly approvals: readonly Approval[];
  readonly total: number;
}

export interface Pending {
  /** Null until it has been asked for. */
  readonly list: Value<PendingList | null>;
  /** What the event says is added or taken away; the list is asked for again only where that does not suffice. */
  take(event: LoggedEvent): void;
  read(): Promise<void>;
}

export interface PendingDeps {
  client: Pick<Client, 'approvals'>;
  /** What is known of a task; undefined for one that is not known yet. */
  taskOf(taskId: string): Pick<TaskSummary, 'title' | 'projectId'> | undefined;
  /** Repeats a call until there is an answer; null when it was refused. */
  answered<T>(call: () => Promise<T>): Promise<T | null>;
}

/** One question at a time; what happens meanwhile is folded over its answer. */
export function createPending({ client, taskOf, answered }: PendingDeps): Pending {
  const list = createValue<PendingList | null>(null);
  let reading: Promise<void> | null = null;
  let again = false;
  let meanwhile: LoggedEvent[] = [];

  async function readAll(): Promise<void> {
    do {
      again = false;
      meanwhile = [];
      const got = await answered(() => client.approvals.list({ status: ['pending'], limit: MOST }));
      if (!got) continue;
      let now: PendingList = { approvals: got.approvals, total: got.pending };
      for (const event of meanwhile) now = after(now, event);
      list.set(now);
    } while (again);
  }

  function read(): Promise<void> {
    if (reading) again = true;
    reading ??= readAll().finally(() => {
      reading = null;
    });
    return reading;
  }

  /** Asks again where the event does not say all: of a task that is not known, or when there is more than is listed. */
  function after(known: PendingList, logged: LoggedEvent): PendingList {
    let incomplete = known.total > known.approvals.length;
    const approvals = waitingAfter<Approval>(known.approvals, logged, (event, { taskId, at }) => {
      const task = taskOf(taskId);
      incomplete ||= task === undefined;
      if (task === undefined) return null;
      const { approvalId, runId, callId, kind, tool, title, reason, folder } = event;
      return {
        ...{
          id: approvalId,
          taskId,
          taskTitle: task.title,
          projectId: task.projectId,
          runId,
          callId,
          kind,
          tool,
          title,
        },
        ...{ status: 'pending', reason, folder, askedAt: at, settledAt: null, decision: null, followed: null },
      };
    });
    if (incomplete && (approvals !== known.approvals || logged.event.type === 'approval.requested')) void read();
    if (approvals === known.approvals) return known;
    return { approvals, total: known.total + approvals.length - known.approvals.length };
  }

  return {
    list,
    read,
    take(logged) {
      if (reading) meanwhile.push(logged);
      const known = list.get();
      if (known === null) return;
      const now = after(known, logged);
      if (now !== known) list.set(now);
    },
  };
}
