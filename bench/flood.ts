import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench, BenchContext, Figure } from './bench.ts';
import { addProject, createPlace, type Daemon, draft, runToEnd, startDaemon, watch } from './support/daemon.ts';
import { peakMb, resetPeak, residentMb } from './support/process-facts.ts';
import { timed } from './support/statistics.ts';

const MEMORY_LIMIT_MB = 150;
const PAGE_LIMIT_MS = 100;

/** An agent that says far too much: many entries in one turn, and one line that has no end. A daemon that dies of it breaks the bench. */
export const flood: Bench = {
  name: 'flood',
  async run(context) {
    const [mb, line] = context.quick ? [60, 20] : [600, 50];
    return [
      ...(await drown(context, `${mb} MB in one turn`, `demo: flood mb=${mb}`)),
      ...(await drown(context, `${line} MB in one line`, `demo: flood line=${line}`)),
    ];
  },
};

async function drown({ folder, scope }: BenchContext, name: string, goal: string): Promise<Figure[]> {
  const place = await createPlace(await mkdtemp(join(folder, 'flood-')), 5);
  const daemon = await startDaemon(place, scope);
  const watcher = await watch(daemon, scope);
  const projectId = await addProject(daemon, place);
  const taskId = await draft(daemon, projectId, { goal });

  resetPeak(daemon.pid);
  const before = residentMb(daemon.pid);
  const took = await timed(() => runToEnd(daemon, watcher, taskId));
  const peak = peakMb(daemon.pid);
  const pages = await readLog(daemon, taskId);
  await daemon.stop();
  return [
    {
      what: `memory of the daemon grows by ${name}`,
      measured: peak - before,
      unit: 'MB',
      limit: MEMORY_LIMIT_MB,
      comparison: 'at most',
      note: `from ${before.toFixed(0)} MB to a peak of ${peak.toFixed(0)} MB; the task took ${(took / 1000).toFixed(1)} s`,
    },
    {
      what: `slowest page of the log after ${name}`,
      measured: Math.max(...pages),
      unit: 'ms',
      limit: PAGE_LIMIT_MS,
      comparison: 'at most',
      note: `${pages.length} pages of at most 200 events`,
    },
  ];
}

/** Reads the whole log and answers the milliseconds that each page took. */
async function readLog({ client }: Daemon, taskId: string): Promise<number[]> {
  const times: number[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const began = performance.now();
    const page: Awaited<ReturnType<typeof client.tasks.log>> = await client.tasks.log({ taskId, after, limit: 200 });
    times.push(performance.now() - began);
    after = page.nextAfter;
  }
  return times;
}
