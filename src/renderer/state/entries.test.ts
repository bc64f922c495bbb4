import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHost, must, type TestHost } from '../../../test/support/host.ts';
import type { StreamMessage } from '../../contract/api.ts';
import { createEntries } from './entries.ts';

const USER = { by: 'user', taskId: null } as const;
let host: TestHost;
beforeAll(async () => {
  host = await createHost();
});
afterAll(() => host.remove());

/** The feed of a task over a real core; `page` events at a time. */
function open(taskId: string, page?: number) {
  const client = {
    tasks: { log: async (input: never) => must(await host.core.api.tasks.log(input, USER)) },
    events: {
      subscribe: async (options: { after?: number }, { signal }: { signal: AbortSignal }) =>
        host.core.events.subscribe(options, signal) as AsyncIterable<StreamMessage>,
    },
  };
  const feed = createEntries({ client: client as never, taskId, batch: (work) => work, page });
  const ending = new AbortController();
  const running = feed.run(ending.signal);
  return {
    feed,
    async close() {
      ending.abort();
      await running;
    },
  };
}

it('reads from the end backwards, and follows what is new without a gap or a repeat', async () => {
  const { id } = await host.create({ goal: 'Work', items: [{ text: 'one' }, { text: 'two' }] });
  await host.settled(id);
  const { feed, close } = open(id, 5);
  const seqs = () => feed.entries.get().events.map(({ seq }) => seq);
  const truth = async () => (await host.log(id)).map(({ seq }) => seq);
  await expect.poll(seqs).toEqual((await truth()).slice(-5));
  expect(feed.entries.get().hasOlder).toBe(true);
  await feed.loadOlder();
  expect(seqs()).toEqual((await truth()).slice(-10));
  while (feed.entries.get().hasOlder) await feed.loadOlder();
  expect(seqs()).toEqual(await truth());
  const before = seqs().length;
  must(await host.core.api.tasks.rerun({ taskId: id }, USER));
  await host.settled(id);
  await expect.poll(async () => seqs().join() === (await truth()).join()).toBe(true);
  expect(seqs().length).toBeGreaterThan(before);
  await close();
});

it('shows streaming text until its entry is logged', async () => {
  const { id } = await host.create({ goal: 'Talk\n\ndemo: stall' });
  const { feed, close } = open(id);
  const seen: number[] = [];
  feed.entries.subscribe(() => seen.push(feed.entries.get().live.size));
  await host.event(id, 'entry.text');
  await expect.poll(() => feed.entries.get().events.some(({ event }) => event.type === 'entry.text')).toBe(true);
  expect(feed.entries.get().live.size).toBe(0);
  must(await host.core.api.tasks.stop({ taskId: id }, USER));
  await host.settled(id);
  await close();
});
