import type { LoggedEvent } from '../src/contract/task/events.ts';
import type { Bench } from './bench.ts';
import { addProject, createPlace, type Daemon, draft, runToEnd, startDaemon, watch } from './support/daemon.ts';
import { peakMb, resetPeak, residentMb } from './support/process-facts.ts';

const TASKS = 20;
const PER_SECOND = 200;
const MEMORY_LIMIT_MB = 100;

/** Many agents at once, each talking all the time, with a client that watches all of it. */
export const parallel: Bench = {
  name: 'parallel',
  async run({ quick, folder, scope }) {
    const seconds = quick ? 2 : 10;
    const each = PER_SECOND * seconds;
    const place = await createPlace(folder);
    const daemon = await startDaemon(place, scope);
    const watcher = await watch(daemon, scope);
    const projectId = await addProject(daemon, place);
    await daemon.client.settings.set({ key: 'task.slots', value: TASKS });
    const taskIds: string[] = [];
    for (let count = 0; count < TASKS; count += 1) {
      taskIds.push(await draft(daemon, projectId, { goal: `demo: rate n=${PER_SECOND} seconds=${seconds}` }));
    }

    const streamed: LoggedEvent[] = [];
    const { seq: from } = await daemon.client.system.status();
    watcher.onEvent((event) => void streamed.push(event));
    resetPeak(daemon.pid);
    const before = residentMb(daemon.pid);
    await Promise.all(taskIds.map((taskId) => runToEnd(daemon, watcher, taskId)));
    const peak = peakMb(daemon.pid);

    let wrong = 0;
    let stored = 0;
    for (const taskId of taskIds) {
      const entries = await readEntries(daemon, taskId);
      stored += entries.length;
      wrong += Math.abs(entries.length - each) + countDisorder(entries);
    }
    const { seq } = await daemon.client.system.status();
    const gaps = Math.abs(streamed.length - (seq - from)) + countGaps(streamed, from);
    const talked = taskIds.map((taskId) => secondsOf(streamed.filter((event) => event.taskId === taskId)));
    return [
      {
        what: `events of ${TASKS} agents lost, twice or out of order in the log`,
        measured: wrong,
        unit: 'events',
        limit: 0,
        comparison: 'at most',
        note: `${stored} of ${TASKS * each} stored; each agent talked for ${Math.min(...talked).toFixed(1)} to ${Math.max(...talked).toFixed(1)} s`,
      },
      {
        what: 'the same as a subscriber sees them',
        measured: gaps,
        unit: 'events',
        limit: 0,
        comparison: 'at most',
        note: `${streamed.length} events arrived`,
      },
      {
        what: `memory of the daemon grows while ${TASKS} agents talk`,
        measured: peak - before,
        unit: 'MB',
        limit: MEMORY_LIMIT_MB,
        comparison: 'at most',
        note: `from ${before.toFixed(0)} MB to a peak of ${peak.toFixed(0)} MB`,
      },
    ];
  },
};

/** Seconds from the first entry to the last. */
function secondsOf(events: readonly LoggedEvent[]): number {
  const times = events.filter(({ event }) => event.type === 'entry.text').map(({ at }) => at);
  return (Math.max(...times) - Math.min(...times)) / 1000;
}

/** The ids of what the agent has said, in the order of the log. */
async function readEntries({ client }: Daemon, taskId: string): Promise<string[]> {
  const ids: string[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page: Awaited<ReturnType<typeof client.tasks.log>> = await client.tasks.log({ taskId, after, limit: 1000 });
    for (const { event } of page.events) if (event.type === 'entry.text') ids.push(event.entryId);
    after = page.nextAfter;
  }
  return ids;
}

/** The demo agent numbers what it says: each id ends in a number that is one more than the one before. */
function countDisorder(ids: readonly string[]): number {
  const numbers = ids.map((id) => Number(id.slice(id.lastIndexOf('-') + 1)));
  return numbers.filter((number, index) => index > 0 && number !== (numbers[index - 1] ?? 0) + 1).length;
}

function countGaps(events: readonly LoggedEvent[], from: number): number {
  return events.filter(({ seq }, index) => seq !== (events[index - 1]?.seq ?? from) + 1).length;
}
