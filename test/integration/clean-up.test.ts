import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CallInput } from '../../src/contract/api.ts';
import type { Leftover } from '../../src/contract/clean-up/state.ts';
import type { Task } from '../../src/contract/task/state.ts';
import { createClock } from '../../src/core/base/clock.ts';
import { drover, startDaemon } from '../support/daemon.ts';
import { createHost, must, type TestHost, USER } from '../support/host.ts';
import { createRepository } from '../support/repository.ts';
import { createTempFolder } from '../support/temp.ts';
import { eventually } from '../support/until.ts';

const DAY = 24 * 60 * 60 * 1000;

let host: TestHost;
/** How much later it is for the host than for us. */
let later: number;
beforeEach(async () => {
  later = 0;
  const clock = createClock();
  host = await createHost({ clock: { ...clock, now: () => clock.now() + later }, times: { cleanUpMs: 100 } });
});
afterEach(() => host.remove());

const preview = async (filter: CallInput<'cleanUp', 'preview'> = {}) =>
  must(await host.core.api.cleanUp.preview(filter, USER)).leftovers;
const remove = async (...leftovers: Pick<Leftover, 'kind' | 'id'>[]) =>
  must(await host.core.api.cleanUp.remove({ leftovers: leftovers.map(({ kind, id }) => ({ kind, id })) }, USER));
const found = async (kind: Leftover['kind'], taskId: string) =>
  (await preview()).find((one) => one.kind === kind && one.taskId === taskId);

/** A task that is completed, with a file committed in its workspace. */
async function finished(goal: string, checks: string[][] = [], items = [{ text: 'one' }]): Promise<Task> {
  const { id } = await host.create({ goal: `${goal}\ndemo: thorough`, items, checks });
  return host.settled(id);
}
const merge = (task: Task) => host.repository.git('merge', '--quiet', '--no-edit', task.workspace?.branch ?? '');

describe('what tasks have left', () => {
  test('is shown with why it stays, and goes when it is named; the task and its log stay', async () => {
    const merged = await finished('Merged');
    // Not the same changes as those of the other.
    const open = await finished('Open', [], [{ text: 'one' }, { text: 'another' }]);
    await merge(merged);
    const before = await preview();
    expect(before.map(({ kind, title, stays }) => [kind, title, stays?.why ?? null])).toEqual([
      ['workspace', 'Open', 'unmerged'],
      ['workspace', 'Merged', null],
    ]);
    const done = await remove(...before);
    expect(done).toEqual([
      {
        kind: 'workspace',
        id: `${open.id}-1`,
        removed: false,
        words: expect.stringMatching(/^It stays: \d commits? not merged\.$/),
      },
      { kind: 'workspace', id: `${merged.id}-1`, removed: true, bytes: expect.any(Number) },
    ]);
    expect([merged, open].map(({ workspace }) => existsSync(workspace?.path ?? ''))).toEqual([false, true]);
    const events = await host.log(merged.id);
    expect(events.at(-1)?.event).toMatchObject({
      type: 'leftover.removed',
      what: 'workspace',
      name: `${merged.id}-1`,
      by: 'user',
    });
    expect((await host.get(merged.id)).status).toBe('completed');
    expect((await preview()).map(({ title }) => title)).toEqual(['Open']);
    expect((await remove({ kind: 'workspace', id: `${merged.id}-1` }))[0]).toMatchObject({ removed: false });
    expect((await remove({ kind: 'workspace', id: 'a99999999-1' }))[0]).toMatchObject({
      removed: false,
      words: 'There is no workspace a99999999-1.',
    });
  });

  test('stays while its task runs, and while a task waits for it', async () => {
    const gate = await host.createGate();
    const running = await host.create({ goal: `Runs\n${gate.directive}`, items: [{ text: 'one' }] });
    await host.event(running.id, 'workspace.ready');
    expect((await found('workspace', running.id))?.stays?.why).toBe('busy');
    await gate.open('1');
    await host.settled(running.id);
    const needed = await finished('Needed');
    await merge(needed);
    await host.create(
      { goal: 'Next', schedule: { after: { taskIds: [needed.id], need: 'all', fromBranch: true } } },
      false,
    );
    const [kept] = await remove({ kind: 'workspace', id: `${needed.id}-1` });
    expect(kept).toMatchObject({ removed: false, words: 'It stays: the task “Next” waits for its task.' });
  });

  test('of a terminal stays while it is open, goes with its workspace, and alone when it is named', async () => {
    const task = await finished('Merged');
    await merge(task);
    const open = async () => must(await host.core.api.terminals.open({ taskId: task.id }, USER));
    const { id } = await open();
    expect((await found('workspace', task.id))?.stays).toMatchObject({ why: 'terminal', count: 1 });
    const refused = await remove({ kind: 'workspace', id: `${task.id}-1` }, { kind: 'terminal', id });
    expect(refused.map(({ removed }) => removed)).toEqual([false, false]);
    const second = await open();
    await host.reopen();
    expect((await found('terminal', task.id))?.stays).toBeNull();
    expect((await found('terminal', task.id))?.bytes).toBeGreaterThan(0);
    expect((await remove({ kind: 'terminal', id }))[0]).toMatchObject({ removed: true });
    expect((await host.log(task.id)).at(-1)?.event).toMatchObject({ what: 'terminal', name: 'Terminal 1' });
    expect(await found('workspace', task.id)).toMatchObject({ terminals: 1, stays: null });
    expect((await remove({ kind: 'workspace', id: `${task.id}-1` }))[0]).toMatchObject({ removed: true });
    expect((await host.core.api.terminals.get({ terminalId: second.id }, USER)).ok).toBe(false);
  });

  test('as outputs goes with a line in the log, and is said to be gone where it was', async () => {
    const task = await finished('Checked', [['seq', '1', '20000']]);
    const { output } = await host.event(task.id, 'check.settled');
    expect(output.blob).not.toBeNull();
    const blob = { taskId: task.id, blob: output.blob ?? '', offset: 0, limit: 1000 };
    expect(must(await host.core.api.tasks.blob(blob, USER)).text).toContain('1\n2\n');
    const row = await found('outputs', task.id);
    expect(row).toMatchObject({ id: task.id, bytes: output.bytes, stays: null });
    expect((await remove({ kind: 'outputs', id: task.id }))[0]).toMatchObject({ removed: true, bytes: output.bytes });
    expect(must(await host.core.api.tasks.blob(blob, USER))).toEqual({
      text: '',
      bytes: output.bytes,
      nextOffset: null,
      removedAt: expect.any(Number),
    });
    expect((await host.log(task.id)).some(({ event }) => event.type === 'check.settled')).toBe(true);
    expect((await remove({ kind: 'outputs', id: task.id }))[0]).toMatchObject({ removed: false });
    // The task is what it was, and can be given something more.
    await host.reopen();
    must(await host.core.api.tasks.message({ taskId: task.id, text: 'Once more.' }, USER));
    expect((await host.settled(task.id)).status).toBe('completed');
  });

  test('of tasks that have not changed for long goes by itself where that is set, and is told', async () => {
    const old = await finished('Old', [['seq', '1', '20000']]);
    await merge(old);
    const dirty = await finished('Dirty');
    await merge(dirty);
    await writeFile(join(dirty.workspace?.path ?? '', 'untracked'), 'x\n');
    later = 31 * DAY;
    const young = await finished('Young');
    await merge(young);
    expect((await preview({ olderThanDays: 30 })).map(({ title }) => title).sort()).toEqual(['Dirty', 'Old', 'Old']);
    must(await host.core.api.settings.set({ key: 'retention.workspaceDays', value: 30 }, USER));
    const last = async () => must(await host.core.api.cleanUp.preview({}, USER)).last;
    await eventually(async () => expect((await last())?.endedAt).toEqual(expect.any(Number)));
    expect(await last()).toMatchObject({ removed: 1, stayed: 1 });
    const there = [old, dirty, young].map(({ workspace }) => existsSync(workspace?.path ?? ''));
    expect(there).toEqual([false, true, true]);
    expect((await host.log(old.id)).at(-1)?.event).toMatchObject({ type: 'leftover.removed', by: 'drover' });
    // Outputs were not asked for, and a start on the same day asks for nothing.
    expect((await found('outputs', old.id))?.stays).toBeNull();
    const first = await last();
    await host.reopen();
    expect(await last()).toEqual(first);
  });
});

test('the command shows first, removes with --yes, and says in a log what no longer exists', async () => {
  const folder = await createTempFolder();
  const data = join(folder.path, 'data');
  const repository = await createRepository(folder.path);
  const daemon = await startDaemon(data, folder.path);
  const run = async (...args: string[]) => {
    const { stdout, stderr } = await drover(data, folder.path, args, { cwd: repository.path });
    return `${stdout}${stderr}`;
  };
  try {
    await run('project', 'add', '.');
    expect(await run('config', 'set', 'retention.outputDays', '30')).toBe('retention.outputDays is 30.\n');
    expect(await run('config', 'set', 'retention.outputDays', 'null')).toBe('retention.outputDays is null.\n');
    const spec = ['Merged work\ndemo: thorough', '--item', 'one', '--agent', 'demo', '--check', 'seq 1 20000'];
    const task = JSON.parse(await run('task', 'create', ...spec, '--wait', '--json')) as Task;
    await repository.git('merge', '--quiet', '--no-edit', task.workspace?.branch ?? '');
    const shown = await run('clean', '--outputs');
    expect(shown).toContain('Can be removed: 2, ');
    expect(shown).toContain('Nothing was removed. --yes removes it.');
    expect(existsSync(task.workspace?.path ?? '')).toBe(true);
    const removed = await run('clean', '--outputs', '--yes');
    expect(removed).toContain(`${task.id}-1  workspace removed, `);
    expect(removed).toContain(`${task.id}  outputs removed, `);
    expect(existsSync(task.workspace?.path ?? '')).toBe(false);
    const log = await run('task', 'log', task.id, '--full');
    expect(log).toMatch(/Output no longer exists: removed by Clean up on \d{4}-\d\d-\d\d \d\d:\d\d\./);
    expect(log).toMatch(/Outputs removed by Clean up, \d/);
    expect(await run('clean', '--outputs')).toContain('Tasks have left nothing of this.');
  } finally {
    await daemon.stop();
    await folder.remove();
  }
});
