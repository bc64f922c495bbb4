import type { Client } from '../../../contract/client.ts';
import type { LoggedEvent } from '../../../contract/task/events.ts';

const PAGE = 400;

/**
 * Reads the whole log of a task from its end backwards, and hands over page by page, each oldest first, until the
 * beginning is reached or `onPage` returns false. Fails as the call does.
 */
export async function scanLog(
  client: Client,
  taskId: string,
  onPage: (events: LoggedEvent[], isLast: boolean) => Promise<boolean>,
): Promise<void> {
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const { events } = await client.tasks.log({ taskId, before, limit: PAGE });
    const isLast = events.length < PAGE;
    if (!(await onPage(events, isLast)) || isLast) return;
    before = events[0]?.seq ?? 0;
  }
}
