import type { LoggedEvent } from '../../contract/task/events.ts';

/** Few: what is kept longer outlives the young generation, and cost 30 MB while 20 agents talked. */
const KEPT = 64;

/** The newest events, in memory: who is up to date need not look into the log. */
export interface Recent {
  /** Takes stored events, in the order of the log. Those of a task that is deleted go, as they go from the log. */
  add(events: readonly LoggedEvent[]): void;
  /** Events after `after`, oldest first, at most `limit`, of one task where given; null when some are only in the log. */
  read(options: { after: number; taskId: string | undefined; limit: number }): LoggedEvent[] | null;
}

/** @param newest the sequence number of the newest event so far */
export function createRecent(newest: number): Recent {
  let kept: LoggedEvent[] = [];
  /** Everything after this one is kept. */
  let from = newest;

  return {
    add(events) {
      for (const event of events) {
        if (event.event.type === 'task.deleted') kept = kept.filter(({ taskId }) => taskId !== event.taskId);
        kept.push(event);
      }
      // A slice at a time, so that not every event moves all others.
      if (kept.length < 2 * KEPT) return;
      from = kept.at(-KEPT - 1)?.seq ?? from;
      kept = kept.slice(-KEPT);
    },
    read({ after, taskId, limit }) {
      if (after < from) return null;
      const fits = (event: LoggedEvent) => taskId === undefined || event.taskId === taskId;
      // From the end, where a reader that is up to date begins.
      const begin = kept.findLastIndex(({ seq }) => seq <= after) + 1;
      const found: LoggedEvent[] = [];
      for (let at = begin; at < kept.length && found.length < limit; at += 1) {
        const event = kept[at];
        if (event && fits(event)) found.push(event);
      }
      return found;
    },
  };
}
