import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { ResourceLimits } from '../../src/contract/process/limits.ts';
import type { Task } from '../../src/contract/task/state.ts';
import { createHost, must, type TestHost, USER } from '../support/host.ts';
import { markedProcesses } from '../support/marked-processes.ts';

let drover: TestHost;
afterEach(() => drover.remove());

const open = async () => {
  drover = await createHost({ times: { limitLookMs: 50, stopGraceMs: 300 } });
};
const create = (goal: string, limits: ResourceLimits) => drover.create({ goal, items: [{ text: 'One' }], limits });
/** Resolves when what it has started uses what it was told to. */
const uses = (id: string, runId = `${id}.1`) => drover.event(id, 'entry.text', (event) => event.runId === runId);
const gate = () => path.join(drover.dataFolder, '..', 'gate');
const allGone = async ({ id, runCount }: Task) => {
  for (let no = 1; no <= runCount; no += 1) expect(await markedProcesses(`${id}.${no}`)).toEqual([]);
};

test.each<[string, ResourceLimits, RegExp]>([
  ['mb=400', { maxMemory: 300e6 }, /^It used \d+ MB of memory; its limit is 300 MB\.$/],
  ['n=20', { maxProcesses: 15 }, /^It had \d\d processes; its limit is 15\.$/],
  ['cpu', { maxCpuMs: 1500 }, /^It used [\d.]+ m?s of processor time; its limit is 1\.5 s\.$/],
])(
  '%s over its limit: the run is ended with the reason, once, and nothing of it is left',
  async (what, limits, words) => {
    await open();
    const { id } = await create(`demo: uses ${what}`, limits);
    const task = await drover.settled(id);
    expect(task).toMatchObject({ status: 'failed', runCount: 1, outcome: { code: 'over-limit' } });
    expect(task.outcome?.words).toMatch(words);
    expect(task.outcome?.hint).toContain('Raise the limit');
    const [name] = Object.keys(limits);
    const exceeded = await drover.event(id, 'limit.exceeded');
    expect(exceeded).toMatchObject({ limit: name, most: Object.values(limits)[0] });
    await allGone(task);
  },
);

test('one under its limits is never ended, while another is; after the limit was raised, resume finishes that', async () => {
  await open();
  const under = await create(`demo: uses mb=50 n=3 until=${gate()}`, {
    maxMemory: 2e9,
    maxProcesses: 50,
    maxCpuMs: 3_600_000,
  });
  await uses(under.id);
  // What both are measured by is one look.
  const over = await create(`demo: uses mb=400 until=${gate()}`, { maxMemory: 300e6 });
  const ended = await drover.settled(over.id);
  expect(ended.outcome).toMatchObject({ code: 'over-limit' });

  must(
    await drover.core.api.tasks.edit({ taskId: over.id, edit: { limits: { ...ended.limits, maxMemory: 3e9 } } }, USER),
  );
  must(await drover.core.api.tasks.resume({ taskId: over.id }, USER));
  const told = await drover.event(over.id, 'turn.requested', (event) => event.runId === `${over.id}.2`);
  expect(told.prompt.text).toContain('its limit is 300 MB. Now you may use 3 GB of memory');
  await uses(over.id, `${over.id}.2`);
  await writeFile(gate(), '');
  const finished = await drover.settled(over.id);
  expect(finished).toMatchObject({ status: 'completed', runCount: 2, sessionId: ended.sessionId });
  const other = await drover.settled(under.id);
  expect(other).toMatchObject({ status: 'completed', runCount: 1 });
  await allGone(finished);
  await allGone(other);
});

test('a limit that is set while it runs holds at once', async () => {
  await open();
  const { id, limits } = await create('demo: uses mb=200', {});
  await uses(id);
  must(await drover.core.api.tasks.edit({ taskId: id, edit: { limits: { ...limits, maxMemory: 100e6 } } }, USER));
  expect((await drover.settled(id)).outcome).toMatchObject({ code: 'over-limit' });
});

test('a check counts, too', async () => {
  await open();
  const eats = 'globalThis.held = Buffer.alloc(400e6, 1); setInterval(() => {}, 1e6)';
  const { id } = await drover.create({
    goal: 'demo: instant',
    items: [{ text: 'One' }],
    limits: { maxMemory: 300e6 },
    checks: [[process.execPath, '-e', eats]],
  });
  const task = await drover.settled(id);
  expect(task).toMatchObject({ status: 'failed', outcome: { code: 'over-limit' } });
  await allGone(task);
});

test('what is stopped by a person while it is being ended says why it was ended', async () => {
  await open();
  const { id } = await create('demo: uses mb=400', { maxMemory: 300e6 });
  await drover.event(id, 'limit.exceeded');
  await drover.core.api.tasks.stop({ taskId: id }, USER);
  expect((await drover.settled(id)).outcome).toMatchObject({ code: 'over-limit' });
});

test('the settings are for new tasks; those that are there keep theirs', async () => {
  await open();
  const before = await create('demo: instant', {});
  must(await drover.core.api.settings.set({ key: 'task.maxMemory', value: 300e6 }, USER));
  const { id } = await create('demo: uses mb=400', {});
  expect((await drover.settled(id)).outcome).toMatchObject({ code: 'over-limit' });
  expect((await drover.get(before.id)).limits).not.toHaveProperty('maxMemory');
});
