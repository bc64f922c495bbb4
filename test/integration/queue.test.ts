import { afterEach, expect, test } from 'vitest';
import type { TurnResult } from '../../src/core/backends/backend.ts';
import { PERSON } from '../../src/core/core-api.ts';
import { createManualClock } from '../support/clock.ts';
import { createHost, must, type TestHost } from '../support/host.ts';
import { createScriptedBackend, YIELDED } from '../support/scripted-backend.ts';

let host: TestHost;
afterEach(() => host.remove());

const HOUR = 3_600_000;
const LIMITED: TurnResult = {
  ...YIELDED,
  result: 'error',
  error: { class: 'transient', code: 'rate-limited', words: 'The limit is reached.', hint: null },
  retryAfterMs: 3 * HOUR,
};
const AUTO = { autonomy: 'auto' as const };

/** An agent whose turns end as the test says, by the name of the task; else well. */
function anAgent(answers: Map<string, () => TurnResult | Promise<TurnResult>>) {
  return createScriptedBackend('scripted', async ({ taskId }) => (await answers.get(taskId)?.()) ?? YIELDED);
}

test('a usage limit holds all tasks of the agent, over a restart, spends no retry, and a person may end it early', async () => {
  let limited = true;
  const backend = createScriptedBackend('scripted', async () => (limited ? LIMITED : YIELDED));
  host = await createHost({ backends: [backend] });
  const own = { agent: { agent: 'scripted' }, ...AUTO };
  const first = await host.create({ goal: 'first', ...own });
  const waits = await host.event(first.id, 'task.queued', ({ waiting }) => waiting.for === 'limit');
  expect(waits.mode).toBe('recovery');
  expect(waits.waiting.words).toMatch(
    /^The usage limit of scripted is reached; continues (at|on \d+ \w+( \d+)? at) \d\d:\d\d\.$/,
  );
  const next = await host.create({ goal: 'next', ...own });
  expect(next).toMatchObject({ status: 'queued', waiting: { for: 'limit' }, runCount: 0 });
  // Another agent is not held.
  const other = await host.create({ goal: 'other', agent: { agent: 'passive' }, items: [{ text: 'one' }], ...AUTO });
  await host.event(other.id, 'turn.requested');

  await host.close();
  await host.reopen();
  expect(await host.get(first.id)).toMatchObject({
    status: 'queued',
    waiting: { for: 'limit' },
    run: { retriesSpent: 0 },
  });
  const agents = must(await host.core.api.agents.list(undefined, PERSON));
  expect(agents.find(({ name }) => name === 'scripted')?.limit?.words).toBe('The limit is reached.');

  limited = false;
  expect(must(await host.core.api.agents.resume({ name: 'scripted' }, PERSON)).limit).toBe(undefined);
  for (const { id } of [first, next]) expect(await host.settled(id)).toMatchObject({ status: 'completed' });
  expect(await host.core.api.agents.resume({ name: 'nobody' }, PERSON)).toMatchObject({ ok: false });
});

test('a task starts at its time and not before, also after a sleep; it keeps its priority', async () => {
  const clock = createManualClock();
  let slept = 0;
  host = await createHost({ clock: { ...clock, now: () => clock.now() + slept }, backends: [anAgent(new Map())] });
  const task = await host.create({
    goal: 'later',
    agent: { agent: 'scripted' },
    schedule: { startAt: HOUR, priority: 'low' },
    ...AUTO,
  });
  expect(task.waiting).toMatchObject({ for: 'time' });
  clock.advance(15_000);
  expect(await host.get(task.id)).toMatchObject({ status: 'queued', schedule: { startAt: HOUR } });
  slept = HOUR;
  clock.advance(15_000);
  expect(await host.settled(task.id)).toMatchObject({ status: 'completed', schedule: { priority: 'low' } });
});

test('a task waits for what it depends on, begins from its branch, and is held with words when that fails', async () => {
  let fails = true;
  const answers = new Map<string, () => TurnResult>();
  host = await createHost({ backends: [anAgent(answers)] });
  const own = { agent: { agent: 'scripted' }, ...AUTO };
  const first = await host.create({ goal: 'First', ...own }, false);
  answers.set(first.id, () =>
    fails
      ? { ...YIELDED, result: 'error', error: { class: 'permanent', code: 'x', words: 'No.', hint: null } }
      : YIELDED,
  );
  const after = { taskIds: [first.id], need: 'all' as const, fromBranch: true };
  const second = await host.create({ goal: 'Second', schedule: { after }, ...own });
  expect(second.waiting?.words).toBe('Waits for “First”, which is a draft.');
  const { api } = host.core;
  expect(
    await api.tasks.schedule({ taskId: first.id, change: { after: { ...after, taskIds: [second.id] } } }, PERSON),
  ).toMatchObject({
    rejection: { message: 'The tasks would wait for each other: “First” waits for “Second”, which waits for “First”.' },
  });
  must(await api.tasks.start({ taskId: first.id }, PERSON));
  await host.event(second.id, 'task.queued', ({ waiting }) => waiting.words === 'Waits for “First”.');
  const held = await host.event(second.id, 'task.queued', ({ waiting }) => waiting.held === true);
  expect(held.waiting.words).toBe('Depends on “First”, which has failed.');
  fails = false;
  must(await api.tasks.resume({ taskId: first.id }, PERSON));
  expect(await host.settled(second.id)).toMatchObject({ status: 'completed', schedule: { after: { met: true } } });
  const { workspace } = await host.get(first.id);
  const [from] = must(await api.workspaces.list({ taskId: second.id }, PERSON));
  expect(from?.baseBranch).toBe(workspace?.branch);
});
