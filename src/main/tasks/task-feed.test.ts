import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createHost, must, type TestHost, USER } from '../../../test/support/host.ts';
import { openTaskFeed, type TaskFeed } from './task-feed.ts';

let host: TestHost;
let feed: TaskFeed;
const stop = { controller: new AbortController() };
const heard: string[] = [];
const onChange = vi.fn();

beforeEach(async () => {
  host = await createHost();
  heard.length = 0;
  onChange.mockClear();
});
afterEach(async () => {
  stop.controller.abort();
  await feed.ended;
  await host.remove();
});

async function open() {
  stop.controller = new AbortController();
  feed = await openTaskFeed({
    core: host.core,
    signal: stop.controller.signal,
    onChange,
    onEvent: ({ event }, task) => heard.push(`${event.type} ${task.status}`),
  });
}

it('knows what failed and waits when it is opened, and drops what is done', async () => {
  const failed = await host.create({ goal: 'Go wrong\ndemo: fail' });
  await host.settled(failed.id);
  await host.create({ goal: 'A draft' }, false);
  await open();
  expect(feed.tasks().map(({ id }) => id)).toEqual([failed.id]);

  const done = await host.create({ goal: 'Quick\ndemo: instant', items: [{ text: 'One' }] });
  await vi.waitFor(() => expect(heard).toContain('run.settled completed'));
  expect(feed.tasks().map(({ id }) => id)).toEqual([failed.id]);
  expect((await host.get(done.id)).status).toBe('completed');
});

it('hears the events that matter, with the task as it is after them, and tells of changes now and then', async () => {
  await open();
  const task = await host.create({ goal: 'Quick\ndemo: instant', items: [{ text: 'One' }, { text: 'Two' }] });
  await host.settled(task.id);
  await vi.waitFor(() => expect(heard).toContain('run.settled completed'));
  await vi.waitFor(() => expect(onChange).toHaveBeenCalled());
  expect(heard.some((words) => words.startsWith('entry.') || words.startsWith('tool.'))).toBe(false);
  expect(onChange.mock.calls.length).toBeLessThan(heard.length);
});

it('forgets a task that was deleted', async () => {
  const failed = await host.create({ goal: 'Go wrong\ndemo: fail' });
  await host.settled(failed.id);
  await open();
  must(await host.core.api.tasks.remove({ taskId: failed.id, keepWorkspace: true }, USER));
  await vi.waitFor(() => expect(feed.tasks()).toEqual([]));
});
