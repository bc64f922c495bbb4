import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { addProject, createPlace, draft, runToEnd, startDaemon, watch } from './support/daemon.ts';
import { childrenOf, processorMs, residentMb } from './support/process-facts.ts';

const TASKS = 50;
const PROCESSOR_LIMIT = 0.5;
/** What the end of the last task leaves to be done may be done first. */
const SETTLE_MS = 2000;

/** Nothing to do, after work, with a client that watches. */
export const idle: Bench = {
  name: 'idle',
  async run({ quick, folder, scope }) {
    const seconds = quick ? 5 : 30;
    const place = await createPlace(folder, 20);
    const daemon = await startDaemon(place, scope);
    const watcher = await watch(daemon, scope);
    const projectId = await addProject(daemon, place);
    const work = { goal: 'Do it all.\n\ndemo: instant', items: [{ text: 'One thing' }, { text: 'Another' }] };
    const taskIds: string[] = [];
    for (let count = 0; count < TASKS; count += 1) taskIds.push(await draft(daemon, projectId, work));
    await Promise.all(taskIds.map((taskId) => runToEnd(daemon, watcher, taskId)));
    await sleep(SETTLE_MS);

    const began = performance.now();
    const before = processorMs(daemon.pid);
    const children = new Set<number>();
    for (let second = 0; second < seconds; second += 1) {
      for (const pid of childrenOf(daemon.pid)) children.add(pid);
      await sleep(1000);
    }
    const spent = processorMs(daemon.pid) - before;
    return [
      {
        what: `child processes of an idle daemon with ${TASKS} finished tasks`,
        measured: children.size,
        unit: 'processes',
        limit: 0,
        comparison: 'at most',
        note: `looked at once a second for ${seconds} s`,
      },
      {
        what: 'processor time of an idle daemon, of one core',
        measured: (spent / (performance.now() - began)) * 100,
        unit: '%',
        limit: PROCESSOR_LIMIT,
        comparison: 'at most',
        note: `${spent} ms in ${seconds} s, after ${before} ms for the tasks; ${residentMb(daemon.pid).toFixed(0)} MB of memory`,
      },
    ];
  },
};
