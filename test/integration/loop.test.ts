import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { TaskEvent } from '../../src/contract/task/events.ts';
import { createHost, must, type TestHost, USER } from '../support/host.ts';
import { markedProcesses } from '../support/marked-processes.ts';
import { until } from '../support/until.ts';

const hosts: TestHost[] = [];
async function host(options?: Parameters<typeof createHost>[0]): Promise<TestHost> {
  const made = await createHost(options);
  hosts.push(made);
  return made;
}
afterEach(async () => {
  for (const one of hosts.splice(0)) await one.remove();
});

const items = (...texts: string[]) => texts.map((text) => ({ text }));
const types = (log: { event: TaskEvent }[]) => log.map(({ event }) => event.type);
const decisions = (log: { event: TaskEvent }[]) =>
  log.flatMap(({ event }) => (event.type === 'verdict.reached' ? [event.decision] : []));

describe('the main job', () => {
  test('a checklist is finished with a nudge, on a branch of its own, with one commit per turn', async () => {
    const drover = await host();
    const { id } = await drover.create({ goal: 'Do it.', items: items('First', 'Second') });
    const task = await drover.settled(id);
    expect(task).toMatchObject({ status: 'completed', outcome: { code: 'all-items-completed' }, runCount: 1 });
    const log = await drover.log(id);
    expect(decisions(log)).toEqual(['nudge', 'complete']);
    const nudge = log.flatMap(({ event }) =>
      event.type === 'turn.requested' && event.kind === 'nudge' ? [event.prompt.text] : [],
    );
    expect(nudge[0]).toContain('2. Second');
    expect(nudge[0]).not.toContain('1. First');
    const branch = String(task.workspace?.branch);
    expect(branch).toMatch(new RegExp(`^drover/${id}-do-it`));
    const commits = await drover.repository.git('log', '--format=%s', `main..${branch}`);
    expect(commits.split('\n')).toHaveLength(2);
    expect(await drover.repository.git('status', '--porcelain')).toBe('');
    expect(await drover.repository.git('branch', '--show-current')).toBe('main');
    expect(await markedProcesses(String(task.run?.id))).toEqual([]);
    const seqs = log.map(({ seq }) => seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
  });

  test('intents are recorded before their effects, outcomes after', async () => {
    const drover = await host();
    const { id } = await drover.create({ goal: 'demo: instant', items: items('One') });
    await drover.settled(id);
    const order = types(await drover.log(id)).filter((type) =>
      [
        'task.created',
        'task.queued',
        'run.started',
        'workspace.requested',
        'workspace.ready',
        'agent.started',
        'session.started',
        'turn.requested',
        'turn.settled',
        'verdict.reached',
        'run.settled',
      ].includes(type),
    );
    expect(order).toEqual([
      'task.created',
      'task.queued',
      'run.started',
      'workspace.requested',
      'workspace.ready',
      'agent.started',
      'session.started',
      'turn.requested',
      'turn.settled',
      'verdict.reached',
      'run.settled',
    ]);
  });

  test('an agent that never finishes is sent back three times and no more', async () => {
    const drover = await host();
    const { id } = await drover.create({ goal: 'demo: stubborn', items: items('One', 'Two') });
    const task = await drover.settled(id);
    expect(task).toMatchObject({ status: 'failed', outcome: { code: 'retries-spent' } });
    expect(decisions(await drover.log(id))).toEqual(['nudge', 'nudge', 'nudge', 'retries-spent']);
  });

  test('a blocked item ends it with the reason; unblocked, it goes on in the same session', async () => {
    const drover = await host();
    const { id } = await drover.create({ goal: 'demo: block', items: items('One', 'Two') });
    const task = await drover.settled(id);
    expect(task).toMatchObject({ status: 'failed', outcome: { code: 'item-blocked' } });
    const blocked = task.items.find((item) => item.status === 'blocked');
    expect(task.outcome?.words).toBe(blocked?.reason);
    const api = drover.core.api;
    for (const item of task.items) {
      if (item.status === 'blocked')
        must(await api.items.set({ taskId: id, itemId: item.id, status: 'pending' }, USER));
      if (item.status !== 'completed')
        must(await api.items.set({ taskId: id, itemId: item.id, status: 'completed' }, USER));
    }
    must(await api.tasks.message({ taskId: id, text: 'Here is the key.' }, USER));
    const after = await drover.settled(id);
    expect(after).toMatchObject({ status: 'completed', runCount: 2, sessionId: task.sessionId, messages: [] });
  });

  test('a task without a checklist is complete when its turn ends well', async () => {
    const drover = await host();
    const { id } = await drover.create({ goal: 'demo: instant' });
    expect(await drover.settled(id)).toMatchObject({ status: 'completed' });
  });
});

test('200 tasks made at once are all there', async () => {
  const drover = await host();
  const made = await Promise.all(Array.from({ length: 200 }, (_, n) => drover.create({ goal: `Task ${n}` }, false)));
  expect(new Set(made.map(({ id }) => id)).size).toBe(200);
});

describe('when things fail', () => {
  test('a permanent error stops at once, with words and what to do', async () => {
    const drover = await host();
    const { id } = await drover.create({ goal: 'demo: fail', items: items('One') });
    const task = await drover.settled(id);
    expect(task).toMatchObject({ status: 'failed', outcome: { code: 'backend-error' } });
    expect(task.outcome?.hint).toBeTruthy();
    expect(types(await drover.log(id))).not.toContain('retry.scheduled');
  });

  test('transient errors wait, do not spend the retry budget, and the task finishes', async () => {
    const drover = await host();
    const { id } = await drover.create({ goal: 'demo: transient n=1', items: items('One'), limits: { maxRetries: 1 } });
    const retry = await drover.event(id, 'retry.scheduled');
    expect(retry).toMatchObject({ attempt: 1, delayMs: 2000 });
    const task = await drover.settled(id);
    expect(task.status).toBe('completed');
    expect(task.run?.retriesSpent).toBeLessThanOrEqual(1);
  });

  test('an agent that dies in a turn is started again in its session; one that always dies has crashed', async () => {
    const drover = await host();
    const once = await drover.create({ goal: 'demo: crash once', items: items('One') });
    const task = await drover.settled(once.id);
    expect(task.status).toBe('completed');
    expect(types(await drover.log(once.id)).filter((type) => type === 'agent.started')).toHaveLength(2);
    const always = await drover.create({ goal: 'demo: crash', items: items('One'), limits: { maxRetries: 1 } });
    const crashed = await drover.settled(always.id);
    expect(crashed).toMatchObject({ status: 'failed', outcome: { code: 'crashed' } });
    expect(crashed.outcome?.words).toMatch(/exit code/);
  });

  test.each([
    ['demo: silent', { firstResponseMs: 300 }, 'no-first-response'],
    ['demo: stall', { inactivityMs: 300 }, 'inactive'],
    ['demo: slow ms=100000', { turnMs: 700, firstResponseMs: 60_000 }, 'turn-timeout'],
  ] as const)('%s is ended by its clock', async (goal, limits, code) => {
    const drover = await host();
    const { id } = await drover.create({ goal, items: items('One'), limits });
    const task = await drover.settled(id);
    expect(task).toMatchObject({ status: 'failed', outcome: { code } });
    expect(await markedProcesses(String(task.run?.id))).toEqual([]);
  });

  test('a base that does not exist is refused before there is a task', async () => {
    const drover = await host();
    await expect(drover.create({ goal: 'x', base: 'no-such-branch' })).rejects.toThrow(/no-such-branch/);
    expect(drover.core.counts()).toEqual({});
  });

  test('a project folder that moved away fails the task with its path, and nothing else', async () => {
    const drover = await host();
    const { id } = await drover.create({ goal: 'demo: instant' }, false);
    await rename(drover.repository.path, `${drover.repository.path}-moved`);
    must(await drover.core.api.tasks.start({ taskId: id }, USER));
    const task = await drover.settled(id);
    expect(task).toMatchObject({ status: 'failed', outcome: { code: 'workspace-failed' } });
    expect(task.outcome?.words).toContain(drover.repository.path);
    await rename(`${drover.repository.path}-moved`, drover.repository.path);
  });

  test('a message in a turn that died is said again, and never lost', async () => {
    const drover = await host();
    const { id } = await drover.create({
      goal: 'demo: stubborn',
      items: items('One', 'Two'),
      limits: { maxRetries: 0 },
    });
    await drover.settled(id);
    must(await drover.core.api.tasks.message({ taskId: id, text: 'Mind this.\ndemo: silent' }, USER));
    await drover.event(id, 'turn.requested', (event) => event.kind === 'follow-up');
    expect((await drover.get(id)).messages).toEqual([]);
    must(await drover.core.api.tasks.stop({ taskId: id }, USER));
    await drover.settled(id);
    must(await drover.core.api.tasks.resume({ taskId: id }, USER));
    const again = await drover.event(id, 'turn.requested', (event) => event.runId === `${id}.3`);
    expect(again.prompt.text).toContain('Mind this.');
  });

  test('a check that fails goes back to the agent with its output, and counts as a retry', async () => {
    const drover = await host();
    const { id } = await drover.create({
      goal: 'demo: instant',
      items: items('One'),
      limits: { maxRetries: 1 },
      checks: [[process.execPath, '-e', 'console.log("the reason"); process.exit(3)']],
    });
    const task = await drover.settled(id);
    expect(task).toMatchObject({ status: 'failed', outcome: { code: 'check-failed' } });
    const prompts = (await drover.log(id)).flatMap(({ event }) => (event.type === 'turn.requested' ? [event] : []));
    expect(prompts.map((prompt) => prompt.kind)).toEqual(['brief', 'check-failed']);
    expect(prompts[1]?.prompt.text).toContain('the reason');
    expect(prompts[1]?.prompt.text).toContain('exit code 3');
  });

  test('an item that a check guards is completed only when the check passes', async () => {
    const drover = await host();
    const { id } = await drover.create({
      goal: 'demo: instant',
      limits: { maxRetries: 0 },
      items: [{ text: 'Guarded', check: [process.execPath, '-e', 'console.log("not yet"); process.exit(1)'] }],
    });
    const task = await drover.settled(id);
    expect(task).toMatchObject({ status: 'failed', outcome: { code: 'retries-spent' } });
    const check = await drover.event(id, 'check.settled');
    expect(check).toMatchObject({ ok: false, exitCode: 1, itemId: '1' });
  });
});

describe('stop, resume, rerun', () => {
  test('a stopped task is cancelled, its processes are gone, its work stays; resume goes on with the same session', async () => {
    const drover = await host();
    const { id } = await drover.create({ goal: 'demo: background', items: items('One', 'Two') });
    await drover.event(id, 'tool.settled');
    const started = performance.now();
    must(await drover.core.api.tasks.stop({ taskId: id }, USER));
    const task = await drover.settled(id);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(task.status === 'cancelled' || task.status === 'completed').toBe(true);
    expect(await markedProcesses(String(task.run?.id))).toEqual([]);
  });

  test('a queued task is cancelled without having run', async () => {
    const drover = await host();
    must(await drover.core.api.settings.set({ key: 'task.slots', value: 1 }, USER));
    const first = await drover.create({ goal: 'demo: silent', items: items('One') });
    const second = await drover.create({ goal: 'demo: instant' });
    await drover.event(first.id, 'turn.requested');
    expect((await drover.get(second.id)).status).toBe('queued');
    must(await drover.core.api.tasks.stop({ taskId: second.id }, USER));
    expect(await drover.get(second.id)).toMatchObject({ status: 'cancelled', runCount: 0 });
    must(await drover.core.api.tasks.stop({ taskId: first.id }, USER));
    expect(await drover.settled(first.id)).toMatchObject({ status: 'cancelled', outcome: { code: 'by-user' } });
  });

  test('resume has memory, rerun starts afresh in a new workspace and keeps the old branch', async () => {
    const drover = await host();
    const { id } = await drover.create({
      goal: 'demo: stubborn',
      items: items('One', 'Two'),
      limits: { maxRetries: 0 },
    });
    const first = await drover.settled(id);
    must(await drover.core.api.tasks.resume({ taskId: id }, USER));
    const resumed = await drover.settled(id);
    expect(resumed).toMatchObject({ runCount: 2, sessionId: first.sessionId });
    expect(resumed.workspace?.id).toBe(first.workspace?.id);
    must(await drover.core.api.tasks.rerun({ taskId: id }, USER));
    const rerun = await drover.settled(id);
    expect(rerun.runCount).toBe(3);
    expect(rerun.sessionId).not.toBe(first.sessionId);
    expect(rerun.workspace?.id).toBe(`${id}-2`);
    const branches = await drover.repository.git('branch', '--list', 'drover/*', '--format=%(refname:short)');
    expect(branches.split('\n').sort()).toEqual([first.workspace?.branch, rerun.workspace?.branch].sort());
    const { value: runs } = (await drover.core.api.tasks.runs({ taskId: id }, USER)) as { value: { no: number }[] };
    expect(runs.map((run) => run.no)).toEqual([1, 2, 3]);
  });

  test('a message sent while a turn runs waits for the next turn and is read once', async () => {
    const drover = await host();
    const gate = await drover.createGate();
    const { id } = await drover.create({ goal: gate.directive, items: items('One', 'Two') });
    await drover.event(id, 'turn.requested');
    must(await drover.core.api.tasks.message({ taskId: id, text: 'Mind the tabs.' }, USER));
    expect((await drover.get(id)).messages).toHaveLength(1);
    await gate.open('1', '2');
    const task = await drover.settled(id);
    expect(task.messages).toEqual([]);
    const carried = (await drover.log(id)).flatMap(({ event }) =>
      event.type === 'turn.requested' && event.prompt.text.includes('Mind the tabs.') ? [event.kind] : [],
    );
    expect(carried).toEqual(['follow-up']);
  });

  test('a message that is sent at once ends the turn, and the same run reads it', async () => {
    const drover = await host();
    const { id } = await drover.create({ goal: 'demo: slow ms=100000', items: items('One') });
    await drover.event(id, 'turn.requested');
    await drover.event(id, 'session.started');
    must(await drover.core.api.tasks.message({ taskId: id, text: 'Be quick.\ndemo: instant' }, USER));
    must(await drover.core.api.messages.send({ taskId: id }, USER));
    expect(await drover.settled(id)).toMatchObject({ status: 'completed', runCount: 1, messages: [] });
    const turns = (await drover.log(id)).flatMap(({ event }) => (event.type === 'turn.settled' ? [event.result] : []));
    expect(turns).toEqual(['interrupted', 'ok']);
  });

  test('a message that is sent at once goes alone, and what else is queued with the turn after it', async () => {
    const drover = await host();
    const { id } = await drover.create({ goal: 'demo: slow ms=100000', items: items('One') });
    await drover.event(id, 'turn.requested');
    await drover.event(id, 'session.started');
    must(await drover.core.api.tasks.message({ taskId: id, text: 'Later.\ndemo: instant' }, USER));
    const task = must(await drover.core.api.tasks.message({ taskId: id, text: 'Now.\ndemo: instant' }, USER));
    const messageId = task.messages.at(-1)?.id;
    must(await drover.core.api.messages.send({ taskId: id, messageId }, USER));
    expect(await drover.settled(id)).toMatchObject({ status: 'completed', runCount: 1, messages: [] });
    const prompts = (await drover.log(id)).flatMap(({ event }) =>
      event.type === 'turn.requested' && event.kind === 'follow-up' ? [event.prompt.text.split('\n')[0]] : [],
    );
    expect(prompts).toEqual(['Now.', 'Later.']);
  });

  test('a message sent while the checks run is read before the task is finished', async () => {
    const drover = await host();
    const script =
      'const fs = require("fs"); fs.writeFileSync("checking", ""); setInterval(() => fs.existsSync("said") && process.exit(), 20)';
    const { id } = await drover.create({
      goal: 'demo: instant',
      items: items('One'),
      checks: [[process.execPath, '-e', script]],
    });
    const { path: folder } = await drover.event(id, 'workspace.ready');
    await until(() => existsSync(path.join(folder, 'checking')), 'the check');
    must(await drover.core.api.tasks.message({ taskId: id, text: 'One more thing.' }, USER));
    await writeFile(path.join(folder, 'said'), '');
    expect(await drover.settled(id)).toMatchObject({ status: 'completed', messages: [] });
    const prompts = (await drover.log(id)).flatMap(({ event }) => (event.type === 'turn.requested' ? [event] : []));
    expect(prompts.map(({ kind }) => kind)).toEqual(['brief', 'follow-up']);
  });

  test('a queued message survives an end of Drover as it was last edited, and is sent when the task continues', async () => {
    const drover = await host();
    must(await drover.core.api.settings.set({ key: 'task.recovery', value: 'wait' }, USER));
    const { id } = await drover.create({ goal: 'demo: slow ms=100000', items: items('One') });
    await drover.event(id, 'turn.requested');
    must(await drover.core.api.tasks.message({ taskId: id, text: 'first', commandId: 'one' }, USER));
    must(await drover.core.api.tasks.message({ taskId: id, text: 'second', commandId: 'two' }, USER));
    must(await drover.core.api.messages.edit({ taskId: id, messageId: 'one', text: 'demo: silent' }, USER));
    must(await drover.core.api.messages.remove({ taskId: id, messageId: 'two' }, USER));
    await drover.reopen();
    expect((await drover.get(id)).messages).toMatchObject([{ id: 'one', text: 'demo: silent' }]);
    must(await drover.core.api.tasks.resume({ taskId: id }, USER));
    const { prompt } = await drover.event(id, 'turn.requested', ({ messageIds }) => messageIds.includes('one'));
    expect(prompt.text).toMatch(/^demo: silent/);
    // Too late now, for both.
    expect(await drover.core.api.messages.edit({ taskId: id, messageId: 'one', text: 'x' }, USER)).toMatchObject({
      rejection: { message: expect.stringMatching(/already/) },
    });
    expect(await drover.core.api.messages.remove({ taskId: id, messageId: 'one' }, USER)).toMatchObject({ ok: false });
    must(await drover.core.api.tasks.stop({ taskId: id }, USER));
    await drover.settled(id);
  });

  test('the host closes: running tasks go on by themselves at the next start, in their session', async () => {
    const drover = await host();
    const gate = await drover.createGate();
    await gate.open('1');
    const { id } = await drover.create({ goal: gate.directive, items: items('One', 'Two', 'Three') });
    await drover.event(id, 'item.changed');
    const before = await drover.log(id);
    const { sessionId } = await drover.get(id);
    await drover.reopen();
    await gate.open('2', '3');
    const task = await drover.settled(id);
    expect(task).toMatchObject({ status: 'completed', runCount: 2, sessionId });
    const log = await drover.log(id);
    expect(log.slice(0, before.length)).toEqual(before);
    expect(log.flatMap(({ event }) => (event.type === 'run.settled' ? [event.outcome.code] : []))).toEqual([
      'interrupted',
      'all-items-completed',
    ]);
  });

  test('with the setting "wait", an interrupted task waits for the user', async () => {
    const drover = await host();
    must(await drover.core.api.settings.set({ key: 'task.recovery', value: 'wait' }, USER));
    const { id } = await drover.create({ goal: 'demo: slow ms=100000', items: items('One') });
    await drover.event(id, 'turn.requested');
    await drover.reopen();
    expect(await drover.get(id)).toMatchObject({ status: 'failed', outcome: { code: 'interrupted' } });
  });

  test('a queued task that was moved up runs first, and one that goes on is not behind newer ones', async () => {
    const drover = await host();
    must(await drover.core.api.settings.set({ key: 'task.slots', value: 1 }, USER));
    const resumed = await drover.create({ goal: 'demo: stubborn', items: items('One'), limits: { maxRetries: 0 } });
    await drover.settled(resumed.id);
    const first = await drover.create({ goal: 'demo: silent', items: items('One') });
    await drover.event(first.id, 'turn.requested');
    const second = await drover.create({ goal: 'demo: instant' });
    const third = await drover.create({ goal: 'demo: instant' });
    must(await drover.core.api.tasks.resume({ taskId: resumed.id }, USER));
    must(await drover.core.api.tasks.move({ taskId: third.id, rank: second.rank - 0.5 }, USER));
    must(await drover.core.api.tasks.stop({ taskId: first.id }, USER));
    const begun: { seq: number; id: string }[] = [];
    for (const { id } of [resumed, second, third]) {
      await drover.settled(id);
      const started = (await drover.log(id)).findLast(({ event }) => event.type === 'run.started');
      begun.push({ seq: started?.seq ?? 0, id });
    }
    const order = begun.sort((a, b) => a.seq - b.seq).map(({ id }) => id);
    expect(order).toEqual([resumed.id, third.id, second.id]);
  });

  test('no more tasks run than there are slots, in the order in which they were queued', async () => {
    const drover = await host();
    must(await drover.core.api.settings.set({ key: 'task.slots', value: 2 }, USER));
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.push((await drover.create({ goal: 'demo: instant', items: items('One') })).id);
    for (const id of ids) await drover.settled(id);
    const events = [];
    for (const id of ids) for (const logged of await drover.log(id)) events.push(logged);
    events.sort((a, b) => a.seq - b.seq);
    let running = 0;
    const begun: string[] = [];
    for (const { taskId, event } of events) {
      if (event.type === 'run.started') {
        running += 1;
        begun.push(taskId);
      }
      if (event.type === 'run.settled') running -= 1;
      expect(running).toBeLessThanOrEqual(2);
    }
    expect(begun).toEqual(ids);
  });
});

describe('pausing everything', () => {
  const pause = async (drover: TestHost, paused: boolean) =>
    must(await drover.core.api.pause[paused ? 'begin' : 'end']({ from: 'api' }, USER));
  const PAUSED = { for: 'user', words: 'Drover is paused.' };
  const isPaused = (event: Extract<TaskEvent, { type: 'task.queued' }>) => event.waiting.for === 'user';

  test('puts what runs back into the queue, starts nothing, outlives a restart, and goes on in the same session', async () => {
    const drover = await host();
    const gate = await drover.createGate();
    await gate.open('1');
    const { id } = await drover.create({ goal: gate.directive, items: items('One', 'Two', 'Three') });
    await drover.event(id, 'item.changed');
    const { sessionId, run } = await drover.get(id);
    await pause(drover, true);
    await drover.event(id, 'task.queued', isPaused);
    expect(await drover.get(id)).toMatchObject({ status: 'queued', waiting: PAUSED, sessionId });
    expect(await markedProcesses(String(run?.id))).toEqual([]);

    const started = await drover.create({ goal: 'demo: instant', items: items('One') });
    expect(started).toMatchObject({ status: 'queued', waiting: PAUSED });
    await drover.reopen();
    for (const taskId of [id, started.id]) {
      expect(await drover.get(taskId)).toMatchObject({ status: 'queued', waiting: PAUSED });
    }

    await pause(drover, false);
    await gate.open('2', '3');
    expect(await drover.settled(id)).toMatchObject({ status: 'completed', runCount: 2, sessionId, waiting: null });
    expect(await drover.settled(started.id)).toMatchObject({ status: 'completed', runCount: 1 });
    const log = await drover.log(id);
    expect(log.flatMap(({ event }) => (event.type === 'run.settled' ? [event.outcome.words] : []))).toEqual([
      'Drover was paused while the task ran.',
      'Every item is completed.',
    ]);
  });

  test('a task that is stopped while paused is over, and one without a slot afterwards waits for that', async () => {
    const drover = await host();
    await pause(drover, true);
    must(await drover.core.api.settings.set({ key: 'task.slots', value: 1 }, USER));
    const tasks = [];
    for (const goal of ['demo: instant', 'demo: silent', 'demo: instant']) {
      const task = await drover.create({ goal, items: items('One') });
      await drover.event(task.id, 'task.queued', isPaused);
      tasks.push(task.id);
    }
    const [stopped = '', running = '', behind = ''] = tasks;
    must(await drover.core.api.tasks.stop({ taskId: stopped }, USER));
    await pause(drover, false);
    await drover.event(running, 'turn.requested');
    expect(await drover.get(stopped)).toMatchObject({ status: 'cancelled', runCount: 0 });
    expect(await drover.get(behind)).toMatchObject({ status: 'queued', waiting: { for: 'slot' } });
  });
});

test('the agent’s work is in the files of its branch', async () => {
  const drover = await host();
  const { id } = await drover.create({ goal: 'demo: thorough', items: items('One') });
  const task = await drover.settled(id);
  const files = (await drover.repository.git('diff', '--name-only', 'main', String(task.workspace?.branch)))
    .split('\n')
    .filter(Boolean);
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) expect(await readFile(path.join(String(task.workspace?.path), file), 'utf8')).not.toBe('');
});
