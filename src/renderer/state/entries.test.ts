import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHost, must, type TestHost } from '../../../test/support/host.ts';
import { ConnectionLost } from '../../contract/connection/connect.ts';
import type { StreamMessage } from '../../contract/stream/state.ts';
import { PERSON } from '../../core/core-api.ts';
import { createEntries } from './entries.ts';

let host: TestHost;
beforeAll(async () => {
  host = await createHost();
});
afterAll(() => host.remove());

/** The feed of a task over a real core; `lost` first calls find no connection. */
function open(taskId: string, options: { page?: number; mostKept?: number; lost?: number; begins?: boolean } = {}) {
  let lost = options.lost ?? 0;
  const client = {
    tasks: {
      log: async (input: never) => {
        lost -= 1;
        if (lost >= 0) throw new ConnectionLost('Gone.');
        return must(await host.core.api.tasks.log(input, PERSON));
      },
    },
    events: {
      subscribe: async (wanted: { after?: number }, { signal }: { signal: AbortSignal }) =>
        host.core.events.subscribe(wanted, signal) as AsyncIterable<StreamMessage>,
    },
  };
  const feed = createEntries({ client: client as never, taskId, batch: (work) => work, ...options });
  if (options.begins) feed.begin();
  const ending = new AbortController();
  const running = feed.run(ending.signal);
  return {
    feed,
    seqs: () => feed.entries.get().events.map(({ seq }) => seq),
    async close() {
      ending.abort();
      await running;
    },
  };
}
const truth = async (taskId: string) => (await host.log(taskId)).map(({ seq }) => seq);

async function finished(): Promise<string> {
  const { id } = await host.create({ goal: 'Work', items: [{ text: 'one' }, { text: 'two' }] });
  await host.settled(id);
  return id;
}

it('takes the page that was asked for before it ran, and asks again when that was lost', async () => {
  const id = await finished();
  for (const lost of [0, 1]) {
    const { feed, seqs, close } = open(id, { begins: true, lost });
    await expect.poll(seqs).toEqual(await truth(id));
    expect(feed.entries.get().loading).toBe(false);
    await close();
  }
});

it('reads from the end backwards, and follows what is new without a gap or a repeat', async () => {
  const id = await finished();
  const { feed, seqs, close } = open(id, { page: 5, lost: 1 });
  await expect.poll(seqs).toEqual((await truth(id)).slice(-5));
  expect(feed.entries.get().hasOlder).toBe(true);
  await feed.loadOlder();
  expect(seqs()).toEqual((await truth(id)).slice(-10));
  while (feed.entries.get().hasOlder) await feed.loadOlder();
  expect(seqs()).toEqual(await truth(id));
  const before = seqs().length;
  must(await host.core.api.tasks.rerun({ taskId: id }, PERSON));
  await host.settled(id);
  await expect.poll(async () => seqs().join() === (await truth(id)).join()).toBe(true);
  expect(seqs().length).toBeGreaterThan(before);
  await close();
});

it('shows any part of the log, and comes back to the newest, which it follows again', async () => {
  const id = await finished();
  const { feed, seqs, close } = open(id, { page: 5 });
  await expect.poll(seqs).toHaveLength(5);
  const all = await truth(id);
  const place = 10;
  await feed.show(all[place] ?? 0);
  expect(seqs()).toEqual(all.slice(place - 4, place + 6));
  expect(feed.entries.get()).toMatchObject({ hasOlder: true, hasNewer: true });
  await feed.loadNewer();
  expect(seqs()).toEqual(all.slice(place - 4, place + 11));
  // What comes meanwhile leaves no gap: it is read when its place is reached.
  must(await host.core.api.items.add({ taskId: id, text: 'three' }, PERSON));
  await expect.poll(async () => (await truth(id)).length).toBe(all.length + 1);
  while (feed.entries.get().hasNewer) await feed.loadNewer();
  expect(seqs()).toEqual((await truth(id)).slice(place - 4));
  await feed.show(0);
  expect(seqs()).toEqual(all.slice(0, 5));
  expect(feed.entries.get()).toMatchObject({ hasOlder: false, hasNewer: true });
  await feed.showLatest();
  expect(feed.entries.get().hasNewer).toBe(false);
  must(await host.core.api.items.add({ taskId: id, text: 'four' }, PERSON));
  await expect.poll(async () => seqs().at(-1) === (await truth(id)).at(-1)).toBe(true);
  expect(seqs()).toEqual((await truth(id)).slice(-seqs().length));
  await close();
});

it('keeps only so many events, whichever way it goes', async () => {
  const id = await finished();
  const { feed, seqs, close } = open(id, { page: 5, mostKept: 12 });
  await expect.poll(seqs).toHaveLength(5);
  const all = await truth(id);
  while (feed.entries.get().hasOlder) await feed.loadOlder();
  expect(seqs()).toEqual(all.slice(0, 12));
  while (feed.entries.get().hasNewer) await feed.loadNewer();
  expect(seqs()).toEqual(all.slice(-12));
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
  must(await host.core.api.tasks.stop({ taskId: id }, PERSON));
  await host.settled(id);
  await close();
});
