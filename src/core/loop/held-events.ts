import type { RunEvent } from '../../contract/run/events.ts';
import { fold } from '../../contract/task/fold.ts';
import type { Task } from '../../contract/task/state.ts';
import { isLocked, isLockedError } from '../db/storage-error.ts';
import type { TaskStore } from '../tasks/store.ts';
import type { Persist } from './persist.ts';

/** The log could not be written, or the run is over. */
export class NotRecorded extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotRecorded';
  }
}

interface Deps {
  taskId: string;
  runId: string;
  store: TaskStore;
  persist: Pick<Persist, 'until'>;
  /** So much text is held at most; UTF-16 units. */
  maxText: number;
}

/** What happened in a run while another program had the database locked; written, in its order, when it is free. */
export interface HeldEvents {
  readonly isEmpty: boolean;
  /** Throws `NotRecorded` when it cannot be held. */
  add(events: readonly RunEvent[]): void;
  /** A text that belongs to an event which comes after it. */
  addWrite(write: () => void): void;
  /** The task as it will be. */
  over(stored: Task): Task;
  /** See `Recorder.written`. */
  written(): Promise<void>;
}

export function createHeldEvents({ taskId, runId, store, persist, maxText }: Deps): HeldEvents {
  let events: RunEvent[] = [];
  let writes: (() => void)[] = [];
  let text = 0;
  let lost: NotRecorded | null = null;
  let flushing: Promise<void> | null = null;
  let seen: { stored: Task; count: number; folded: Task } | null = null;

  /** Whether nothing is left to be written. */
  function flush(): boolean {
    try {
      for (let write = writes[0]; write; write = writes[0]) {
        write();
        writes.shift();
      }
    } catch (error) {
      return isLockedError(error) ? false : lose(String(error));
    }
    if (events.length === 0) return true;
    const batch = [...events];
    const done = store.dispatch(taskId, { type: 'run.record', runId, events: batch });
    if (!done.ok) return isLocked(done.rejection) ? false : lose(done.rejection.message);
    // What its publication brought about has come behind it.
    events = events.slice(batch.length);
    text = 0;
    return events.length === 0;
  }

  function lose(words: string): true {
    lost = new NotRecorded(words);
    events = [];
    writes = [];
    return true;
  }

  function begin(): void {
    flushing ??= persist.until(flush).then((isDone) => {
      flushing = null;
      if (!isDone) lose('Drover ended before the database was free again.');
      else if (events.length > 0 || writes.length > 0) begin();
    });
  }

  return {
    get isEmpty() {
      return lost === null && events.length === 0 && writes.length === 0;
    },
    add(more) {
      if (lost !== null) throw lost;
      text += JSON.stringify(more).length;
      if (text > maxText) {
        lose('The database was locked by another program for too long: more has happened than can be held.');
        throw lost ?? new NotRecorded('');
      }
      events.push(...more);
      begin();
    },
    addWrite(write) {
      writes.push(write);
      begin();
    },
    over(stored) {
      if (events.length === 0) return stored;
      const before = seen !== null && seen.stored === stored && seen.count <= events.length ? seen : null;
      let folded: Task = before?.folded ?? stored;
      for (const event of events.slice(before?.count ?? 0)) folded = fold(folded, event, Date.now()) ?? folded;
      seen = { stored, count: events.length, folded };
      return folded;
    },
    async written() {
      while (flushing !== null) await flushing;
      if (lost !== null) throw lost;
    },
  };
}
