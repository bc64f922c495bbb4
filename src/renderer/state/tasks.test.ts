import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHost, must, type TestHost } from '../../../test/support/host.ts';
import type { Client } from '../../contract/client.ts';
import { summarize } from '../../contract/task/derive.ts';
import { PERSON } from '../../core/core-api.ts';
import { createTasks, type Tasks } from './tasks.ts';

let host: TestHost;
beforeAll(async () => {
  host = await createHost();
});
afterAll(() => host.remove());

/** The state of the window over a real core, and how often it asked for a whole task. */
function open(mostKept?: number) {
  const asked: string[] = [];
  const client = {
    tasks: {
      list: async (input: { limit: number }) => must(await host.core.api.tasks.list(input, PERSON)),
      get: async (input: { taskId: string }) => {
        asked.push(input.taskId);
        return must(await host.core.api.tasks.get(input, PERSON));
      },
    },
  } as unknown as Pick<Client, 'tasks'>;
  const tasks = createTasks({ client, batch: (work) => work, answered: (call) => call().catch(() => null), mostKept });
  return { tasks, asked };
}

/** Takes every event after `after` up to the newest. */
async function catchUp(tasks: Tasks, after: number): Promise<void> {
  const stop = new AbortController();
  for await (const message of host.core.events.subscribe({ after }, stop.signal)) {
    if (message.type === 'event') tasks.take(message.event);
    if (message.type === 'caught-up') stop.abort();
  }
}

const shown = (tasks: Tasks, id: string) => tasks.list.get().summaries.get(id);
const truth = async (id: string) => summarize(await host.get(id));

it('shows what the core would, from a list and the events after it', async () => {
  const old = await host.create({ goal: 'Old', items: [{ text: 'one' }] }, false);
  const { tasks, asked } = open();
  const fromSeq = await tasks.load();
  expect(tasks.list.get().loaded).toBe(true);
  expect(shown(tasks, old.id)).toEqual(await truth(old.id));

  must(await host.core.api.tasks.start({ taskId: old.id }, PERSON));
  const fresh = await host.create({ goal: 'New', items: [{ text: 'one' }, { text: 'two' }] });
  await Promise.all([host.settled(old.id), host.settled(fresh.id)]);
  await catchUp(tasks, fromSeq);
  await expect.poll(() => shown(tasks, old.id)?.status).toBe('completed');
  expect(shown(tasks, old.id)).toEqual(await truth(old.id));
  expect(shown(tasks, fresh.id)).toEqual(await truth(fresh.id));
  // A task whose beginning was seen needs no question, another needs one.
  expect(asked).toEqual([old.id]);
});

it('shows a page that it is given at once, where that is all there is', async () => {
  await host.create({ goal: 'All there is', items: [] }, false);
  const given = must(await host.core.api.tasks.list({ limit: 100, archived: false }, PERSON));
  expect(given.nextCursor).toBeNull();
  const { tasks } = open();
  const loading = tasks.load(given);
  expect(tasks.list.get().loaded).toBe(true);
  expect(tasks.list.get().summaries.size).toBe(given.tasks.length);
  expect(await loading).toBe(given.fromSeq);
});

it('begins with a page that it is given, and takes what happened since from the events', async () => {
  const { id } = await host.create({ goal: 'Given', items: [{ text: 'one' }] }, false);
  const given = must(await host.core.api.tasks.list({ limit: 1, archived: false }, PERSON));
  must(await host.core.api.tasks.edit({ taskId: id, edit: { title: 'Changed since' } }, PERSON));
  const later = await host.create({ goal: 'Later', items: [{ text: 'one' }] }, false);
  const { tasks } = open();
  expect(await tasks.load(given)).toBe(given.fromSeq);
  expect(shown(tasks, id)?.title).toBe('Given');
  await catchUp(tasks, given.fromSeq);
  await expect.poll(() => shown(tasks, id)?.title).toBe('Changed since');
  expect(shown(tasks, later.id)).toEqual(await truth(later.id));
  // The pages after the first one were asked for.
  const everything = must(await host.core.api.tasks.list({ limit: 100, archived: false }, PERSON));
  expect([...tasks.list.get().summaries.keys()].sort()).toEqual(everything.tasks.map((task) => task.id).sort());
});

it('leaves the lists as they are for a task that is only looked at', async () => {
  const { id } = await host.create({ goal: 'Looked at', items: [{ text: 'one' }] }, false);
  const { tasks } = open();
  const fromSeq = await tasks.load();
  const before = tasks.list.get();
  const stop = tasks.watch(id);
  await expect.poll(() => tasks.task(id)?.items.length).toBe(1);
  expect(tasks.list.get()).toBe(before);
  must(await host.core.api.tasks.edit({ taskId: id, edit: { title: 'Another title' } }, PERSON));
  await catchUp(tasks, fromSeq);
  expect(shown(tasks, id)?.title).toBe('Another title');
  expect(tasks.task(id)?.title).toBe('Another title');
  stop();
});

it('keeps a task that is looked at, and lets go of one that is not', async () => {
  const { id } = await host.create({ goal: 'Looked at' }, false);
  const { tasks, asked } = open(0);
  const fromSeq = await tasks.load();
  expect(tasks.task(id)).toBeUndefined();
  const release = tasks.watch(id);
  await expect.poll(() => tasks.task(id)?.goal).toBe('Looked at');
  must(await host.core.api.items.add({ taskId: id, text: 'more' }, PERSON));
  await catchUp(tasks, fromSeq);
  expect(tasks.task(id)?.items.map(({ text }) => text)).toEqual(['more']);
  expect(asked).toEqual([id]);
  release();
  expect(tasks.task(id)).toBeUndefined();
});

it('forgets a task that is deleted', async () => {
  const { id } = await host.create({ goal: 'Short' }, false);
  const { tasks } = open();
  const fromSeq = await tasks.load();
  expect(shown(tasks, id)).toBeDefined();
  const release = tasks.watch(id);
  must(await host.core.api.tasks.remove({ taskId: id }, PERSON));
  await catchUp(tasks, fromSeq);
  expect(shown(tasks, id)).toBeUndefined();
  await expect.poll(() => tasks.task(id)).toBeNull();
  release();
});

it('shows what a command is about to change until its event has arrived, and takes it back when it is refused', async () => {
  const { id } = await host.create({ goal: 'Moved' }, false);
  const { tasks } = open();
  const fromSeq = await tasks.load();
  const before = shown(tasks, id)?.rank;
  const moving = tasks.expecting(id, { rank: 7 }, async () => ({
    ok: true,
    value: must(await host.core.api.tasks.move({ taskId: id, rank: 7 }, PERSON)),
  }));
  expect(shown(tasks, id)?.rank).toBe(7);
  await moving;
  // The answer is here and the event is not: the place stays.
  expect(shown(tasks, id)?.rank).toBe(7);
  must(await host.core.api.tasks.move({ taskId: id, rank: 9 }, PERSON));
  await catchUp(tasks, fromSeq);
  await expect.poll(() => shown(tasks, id)?.rank).toBe(9);

  const refused = tasks.expecting(id, { status: 'queued' }, async () => ({ ok: false, words: 'No.' }));
  expect(shown(tasks, id)?.status).toBe('queued');
  await refused;
  expect(shown(tasks, id)).toMatchObject({ status: 'draft', rank: 9 });
  expect(before).not.toBe(9);
});

it('follows the log again once that has come as far as what the command did', async () => {
  const { id } = await host.create({ goal: 'Archived' }, false);
  const other = await host.create({ goal: 'Another' }, false);
  const { tasks } = open();
  const fromSeq = await tasks.load();
  const archive = async () => {
    const value = must(await host.core.api.tasks.archive({ taskId: id, archived: true }, PERSON));
    return { ok: true, value } as const;
  };
  // The time of the window, which is not that of the core.
  await tasks.expecting(id, { archivedAt: 1 }, archive);
  // What happened before it tells nothing of it.
  tasks.take({ seq: fromSeq + 0.5, at: 0, taskId: other.id, event: { type: 'task.moved', rank: 3 } });
  expect(shown(tasks, id)?.archivedAt).toBe(1);
  await catchUp(tasks, fromSeq);
  const { archivedAt } = await host.get(id);
  await expect.poll(() => shown(tasks, id)?.archivedAt).toBe(archivedAt);

  // There is nothing that would come.
  await tasks.expecting(id, { archivedAt: 2 }, archive);
  expect(shown(tasks, id)?.archivedAt).toBe(archivedAt);
});

it('has what is archived only when it is asked for', async () => {
  const { id } = await host.create({ goal: 'Put away' }, false);
  must(await host.core.api.tasks.archive({ taskId: id, archived: true }, PERSON));
  const { tasks } = open();
  await tasks.load();
  expect(shown(tasks, id)).toBeUndefined();
  await tasks.loadArchived();
  expect(shown(tasks, id)?.archivedAt).not.toBeNull();
});
