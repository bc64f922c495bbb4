import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createScope } from '../src/core/base/scope.ts';
import type { Bench } from './bench.ts';
import { addProject, createPlace, startDaemon } from './support/daemon.ts';
import { fill } from './support/fill.ts';
import { peakMb } from './support/process-facts.ts';
import { interleave, median, p95, spread, timed } from './support/statistics.ts';

const READY_LIMIT_MS = 500;
const LIST_LIMIT_MS = 20;
const MEMORY_LIMIT_MB = 150;

/** A data folder after a year of use. */
export const history: Bench = {
  name: 'history',
  async run({ quick, folder, scope }) {
    const wanted = quick ? { tasks: 300, events: 100_000 } : { tasks: 3000, events: 1_000_000 };
    const place = await createPlace(folder, 5);
    const first = await startDaemon(place, scope);
    const projectId = await addProject(first, place);
    await first.stop();
    const filling = await timed(() => fill(place.dataFolder, projectId, wanted));
    const size = statSync(join(place.dataFolder, 'drover.db')).size / 2 ** 20;

    const ready: number[] = [];
    const lists: number[] = [];
    const peaks: number[] = [];
    for (let start = 0; start < (quick ? 3 : 7); start += 1) {
      const one = createScope();
      scope.add(one.close);
      const daemon = await startDaemon(place, one);
      ready.push(daemon.readyMs);
      const listed = await interleave(30, start === 0 ? 3 : 1, {
        list: () => timed(() => daemon.client.tasks.list({ limit: 100 })),
      });
      lists.push(...listed.list);
      await lookAround(daemon.client);
      peaks.push(peakMb(daemon.pid));
      await one.close();
    }
    return [
      {
        what: 'daemon ready',
        measured: median(ready),
        unit: 'ms',
        limit: READY_LIMIT_MS,
        comparison: 'at most',
        note: `from the start of the process; ${spread(ready)}; ${wanted.tasks} tasks, ${wanted.events} events, ${size.toFixed(0)} MB, filled in ${(filling / 1000).toFixed(0)} s`,
      },
      {
        what: 'a page of 100 tasks',
        measured: p95(lists),
        unit: 'ms',
        limit: LIST_LIMIT_MS,
        comparison: 'at most',
        note: `p95 of ${spread(lists)}; as the client sees it over the WebSocket`,
      },
      {
        what: 'memory of the daemon',
        measured: Math.max(...peaks),
        unit: 'MB',
        limit: MEMORY_LIMIT_MB,
        comparison: 'at most',
        note: 'peak, after all pages of the list and the log of five tasks were read',
      },
    ];
  },
};

/** What a person does who looks for something: every page of the list, a search, some logs. */
async function lookAround(client: Awaited<ReturnType<typeof startDaemon>>['client']): Promise<void> {
  let cursor: string | undefined;
  const seen: string[] = [];
  do {
    const page: Awaited<ReturnType<typeof client.tasks.list>> = await client.tasks.list({ limit: 100, cursor });
    seen.push(...page.tasks.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  await client.tasks.list({ limit: 100, search: 'long history' });
  for (const taskId of seen.filter((_, index) => index % Math.ceil(seen.length / 5) === 0)) {
    for (let after: number | null = 0; after !== null; ) {
      const page: Awaited<ReturnType<typeof client.tasks.log>> = await client.tasks.log({ taskId, after });
      after = page.nextAfter;
    }
  }
}
