import type { Approval } from '../../contract/approval/state.ts';
import type { Client } from '../../contract/client.ts';
import type { TaskEvent } from '../../contract/task/events.ts';
import { createValue, type Value } from './value.ts';

const MOST = 500;

/** The approvals that wait for a person, oldest first. `total` may be more than are listed. */
export interface PendingList {
  readonly approvals: readonly Approval[];
  readonly total: number;
}

export interface Pending {
  /** Null until it has been asked for. */
  readonly list: Value<PendingList | null>;
  /** An event after which the list may be another one makes it be asked for again. */
  take(event: TaskEvent): void;
  read(): Promise<void>;
}

export interface PendingDeps {
  client: Pick<Client, 'approvals'>;
  /** Repeats a call until there is an answer; null when it was refused. */
  answered<T>(call: () => Promise<T>): Promise<T | null>;
}

/** Events that make or end an approval; the end of a run ends what it asked. */
const CHANGES: ReadonlySet<TaskEvent['type']> = new Set([
  'approval.requested',
  'approval.settled',
  'run.settled',
  'task.deleted',
  'task.edited',
]);

/** Asked for whenever something about it happened: one question at a time, and one more if something came meanwhile. */
export function createPending({ client, answered }: PendingDeps): Pending {
  const list = createValue<PendingList | null>(null);
  let reading: Promise<void> | null = null;
  let again = false;

  async function readAll(): Promise<void> {
    do {
      again = false;
      const got = await answered(() => client.approvals.list({ status: ['pending'], limit: MOST }));
      if (got) list.set({ approvals: got.approvals, total: got.pending });
    } while (again);
  }

  function read(): Promise<void> {
    if (reading) again = true;
    reading ??= readAll().finally(() => {
      reading = null;
    });
    return reading;
  }

  return {
    list,
    read,
    take(event) {
      // What was answered without a person never stood in the list.
      if (event.type === 'approval.settled' && !list.get()?.approvals.some(({ id }) => id === event.approvalId)) {
        if (reading === null) return;
      }
      if (CHANGES.has(event.type)) void read();
    },
  };
}
