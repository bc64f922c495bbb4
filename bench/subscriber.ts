import type { Bench } from './bench.ts';
import { addProject, createPlace, draft, runToEnd, startDaemon, watch } from './support/daemon.ts';
import { p95, spread } from './support/statistics.ts';

const LIMIT_MS = 5;
const PER_SECOND = 1000;

/**
 * How long after it was stored an event reaches a client in another process over the WebSocket, while an agent says a
 * thousand things a second. The log tells the time of storing in whole milliseconds, and so does the clock of the client.
 */
export const subscriber: Bench = {
  name: 'subscriber',
  async run({ quick, folder, scope }) {
    const seconds = quick ? 2 : 10;
    const place = await createPlace(folder, 5);
    const daemon = await startDaemon(place, scope);
    const watcher = await watch(daemon, scope);
    const projectId = await addProject(daemon, place);
    const warm = await draft(daemon, projectId, { goal: `demo: rate n=${PER_SECOND} seconds=1` });
    await runToEnd(daemon, watcher, warm);

    const taskId = await draft(daemon, projectId, { goal: `demo: rate n=${PER_SECOND} seconds=${seconds}` });
    const delays: number[] = [];
    let first = 0;
    let last = 0;
    watcher.onEvent(({ taskId: of, event, at }) => {
      if (of !== taskId || event.type !== 'entry.text') return;
      delays.push(Date.now() - at);
      first ||= at;
      last = at;
    });
    await runToEnd(daemon, watcher, taskId);
    const expected = PER_SECOND * seconds;
    if (delays.length !== expected) throw new Error(`${delays.length} of ${expected} events arrived.`);
    return [
      {
        what: `stored event to subscriber at ${PER_SECOND} events a second`,
        measured: p95(delays),
        unit: 'ms',
        limit: LIMIT_MS,
        comparison: 'at most',
        note: `p95 of ${spread(delays)}; over the WebSocket, to another process; ${Math.round((expected / (last - first)) * 1000)} events/s stored`,
      },
    ];
  },
};
