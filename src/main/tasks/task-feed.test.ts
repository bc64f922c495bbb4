import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createHost, must, type TestHost, USER } from '../../../test/support/host.ts';
import { eventually } from '../../../test/support/until.ts';
import { openTaskFeed, type TaskFeed } from './task-feed.ts';

let host: TestHost;
let feed: TaskFeed;
const stop = { controller: new AbortController() };
const heard: string[] = [];
const onChange = vi.fn();
const onApprovals = vi.fn();
const onRows = vi.fn();

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

async function open(tasks: Partial<TestHost['core']['api']['tasks']> = {}) {
  stop.controller = new AbortController();
  const api = { ...host.core.api, tasks: { ...host.core.api.tasks, ...tasks } };
  feed = await openTaskFeed({
    drover: { api, subscribe: host.core.events.subscribe },
    signal: stop.controller.signal,
    onChange,
    onApprovals,
    onRows,
    onFailure(error) {
      throw error;
    },
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
  await eventually(() => expect(heard).toContain('run.settled completed'));
  expect(feed.tasks().map(({ id }) => id)).toEqual([failed.id]);
  expect((await host.get(done.id)).status).toBe('completed');
});

it('hears the events that matter, with the task as it is after them, and tells of changes now and then', async () => {
  await open();
  const task = await host.create({ goal: 'Quick\ndemo: instant', items: [{ text: 'One' }, { text: 'Two' }] });
  await host.settled(task.id);
  await eventually(() => expect(heard).toContain('run.settled completed'));
  await eventually(() => expect(onChange).toHaveBeenCalled());
  expect(heard.some((words) => words.startsWith('entry.') || words.startsWith('tool.'))).toBe(false);
  expect(onChange.mock.calls.length).toBeLessThan(heard.length);
});

it('forgets a task that was deleted', async () => {
  const failed = await host.create({ goal: 'Go wrong\ndemo: fail' });
  await host.settled(failed.id);
  await open();
  must(await host.core.api.tasks.remove({ taskId: failed.id, keepWorkspace: true }, USER));
  await eventually(() => expect(feed.tasks()).toEqual([]));
});

it('knows what asks, from when it is opened and at once later, until it is answered', async () => {
  const task = await host.create({ goal: 'Ask me\ndemo: asks tool=Bash count=2' });
  const first = await host.event(task.id, 'approval.requested');
  await open();
  expect(feed.approvals()).toMatchObject([
    { id: first.approvalId, title: first.title, taskId: task.id, taskTitle: 'Ask me', projectId: host.projectId },
  ]);
  expect(feed.tasks()[0]).toMatchObject({ phase: 'waiting', approvals: 1 });

  const answer = (approvalId: string) =>
    host.core.api.approvals.answer({ approvalId, answer: { type: 'deny' }, from: 'tray' }, USER);
  must(await answer(first.approvalId));
  await eventually(() => expect(feed.approvals().map(({ id }) => id)).not.toContain(first.approvalId));
  await eventually(() => expect(feed.approvals()).toHaveLength(1));
  // It is pushed with force: that always asks, and must be looked at.
  expect(feed.approvals()[0]).toMatchObject({ isPlain: false });
  expect(onApprovals).toHaveBeenCalled();

  must(await host.core.api.tasks.stop({ taskId: task.id }, USER));
  await eventually(() => expect(feed.approvals()).toEqual([]));
});

it('tells of rows that are no tasks', async () => {
  await open();
  must(await host.core.api.settings.set({ key: 'task.slots', value: 2 }, USER));
  await eventually(() => expect(onRows).toHaveBeenCalledWith('settings'));
});

it('does not take a call that failed for a deletion', async () => {
  let failing = false;
  let failed = 0;
  await open({
    async get(input, caller) {
      if (!failing) return host.core.api.tasks.get(input, caller);
      failed += 1;
      if (failed % 2 === 0) throw new Error('The connection is lost.');
      return { ok: false, rejection: { code: 'unavailable', message: 'The database is locked.' } };
    },
  });
  const { id } = await host.create({ goal: 'demo: stall' });
  await eventually(() => expect(feed.tasks()).toHaveLength(1));
  failing = true;
  must(await host.core.api.tasks.stop({ taskId: id }, USER));
  await eventually(() => expect(failed).toBeGreaterThan(1));
  expect(feed.tasks()).toHaveLength(1);
  failing = false;
  await eventually(() => expect(feed.tasks()).toEqual([]));
});
