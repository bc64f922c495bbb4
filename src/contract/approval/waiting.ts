import type { LoggedEvent } from '../task/events.ts';

/** What is known of an approval that waits for a person, besides what whoever keeps it adds. */
interface Waits {
  readonly id: string;
  readonly taskId: string;
}

type Requested = Extract<LoggedEvent['event'], { type: 'approval.requested' }>;

/**
 * What waits for a person after one more event, in all tasks, oldest first: the same in the window, the tray and the
 * notifications, and for one task as the fold has it. The same array when nothing changed. `make` gives what is kept of
 * a request; null leaves it out. Events may come again from an earlier one on: the last of them leaves what is right.
 */
export function waitingAfter<W extends Waits>(
  waiting: readonly W[],
  logged: LoggedEvent,
  make: (requested: Requested, logged: LoggedEvent) => W | null,
): readonly W[] {
  const { taskId, event } = logged;
  switch (event.type) {
    case 'approval.requested': {
      if (waiting.some(({ id }) => id === event.approvalId)) return waiting;
      const made = make(event, logged);
      return made === null ? waiting : [...waiting, made];
    }
    case 'approval.settled':
      return without(waiting, ({ id }) => id === event.approvalId);
    // Whatever ends a run ends what it asked.
    case 'run.settled':
    case 'task.deleted':
      return without(waiting, (one) => one.taskId === taskId);
    default:
      return waiting;
  }
}

function without<W>(waiting: readonly W[], gone: (one: W) => boolean): readonly W[] {
  const left = waiting.filter((one) => !gone(one));
  return left.length === waiting.length ? waiting : left;
}
