import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { TaskEvent } from '../src/contract/task/events.ts';
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
      // The demo agent floods in entries of 64 KB.
      ...(await drown(context, `${mb} MB in one turn`, `demo: flood mb=${mb}`, { 'entry.text': mb * 16 })),
      ...(await drown(context, `${line} MB in one line`, `demo: flood line=${line}`, { 'notice.recorded': 1 })),
    ];
  },
};

/** `told` is what the log must at least hold afterwards: events of a type. */
async function drown(
  { folder, scope }: BenchContext,
  name: string,
  goal: string,
  told: Partial<Record<TaskEvent['type'], number>>,
): Promise<Figure[]> {
  const place = await createPlace(await mkdtemp(join(folder, 'flood-')), 5);
  const daemon = await startDaemon(place, scope);
  const watcher = await watch(daemon, scope);
  const projectId = await addProject(daemon, place);
  const taskId = await draft(daemon, projectId, { goal });

  resetPeak(daemon.pid);
  const before = residentMb(daemon.pid);
  const took = await timed(() => runToEnd(daemon, watcher, taskId));
  const peak = peakMb(daemon.pid);
  const { pages, types } = await readLog(daemon, taskId);
  for (const [type, count] of Object.entries(told)) {
    const found = types.filter((one) => one === type).length;
    if (found < count) throw new Error(`The log has ${found} of ${count} events ${type} of ${name}.`);
  }
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

/** Reads the whole log and returns the milliseconds that each page took, and the types of the events. */
async function readLog({ client }: Daemon, taskId: string): Promise<{ pages: number[]; types: string[] }> {
  const pages: number[] = [];
  const types: string[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const began = performance.now();
    const page: Awaited<ReturnType<typeof client.tasks.log>> = await client.tasks.log({ taskId, after, limit: 200 });
    pages.push(performance.now() - began);
    types.push(...page.events.map(({ event }) => event.type));
    after = page.nextAfter;
  }
  return { pages, types };
}
