import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { agentOf, PERSON } from '../../src/core/core-api.ts';
import { createHost, must, type TestHost } from '../support/host.ts';

let host: TestHost;
beforeEach(async () => {
  host = await createHost();
  await host.repository.git('config', 'user.name', 'Somebody');
  await host.repository.git('config', 'user.email', 'somebody@example.invalid');
  await host.repository.git('switch', '--quiet', '--create', 'other');
});
afterEach(() => host.remove());

it('brings the work of a task onto a branch, tells it everywhere, and takes it back', async () => {
  const { landings, tasks, workspaces } = host.core.api;
  const { id: taskId } = await host.create({ goal: 'demo: instant', items: [{ text: 'Write it' }], base: 'main' });
  const { workspace } = await host.settled(taskId);
  await writeFile(join(workspace?.path ?? '', 'by-hand.txt'), 'mine\n');
  const begin = await host.repository.git('rev-parse', 'main');

  const seen = must(await landings.preview({ taskId, how: 'squash' }, PERSON));
  expect(seen.uncommitted.paths).toContain('by-hand.txt');
  expect(seen.problems).toEqual([]);
  const commandId = 'land-once';
  const landed = must(await landings.land({ taskId, how: 'squash', expect: seen.ontoCommit, commandId }, PERSON));
  const commit = await host.repository.git('rev-parse', 'main');
  expect(landed.landing).toMatchObject({ onto: 'main', before: begin, commit });
  expect(await host.repository.git('show', 'main:by-hand.txt')).toBe('mine');
  expect(await host.repository.git('log', '-1', '--format=%an: %s', 'main')).toContain('Somebody: ');
  // The same command again does nothing twice.
  must(await landings.land({ taskId, how: 'squash', commandId }, PERSON));
  expect(await host.repository.git('rev-parse', 'main')).toBe(commit);
  const { tasks: list } = must(await tasks.list({ limit: 10 }, PERSON));
  expect(list[0]?.landed).toEqual({ onto: 'main', commit });
  const detail = must(await workspaces.get({ workspaceId: workspace?.id ?? '' }, PERSON));
  expect(detail).toMatchObject({ condition: 'clean', merged: true });

  await host.reopen();
  expect((await host.get(taskId)).landing?.commit).toBe(commit);
  must(await host.core.api.landings.undo({ taskId }, PERSON));
  expect(await host.repository.git('rev-parse', 'main')).toBe(begin);
  expect((await host.get(taskId)).landing).toBeUndefined();
});

it('no agent may land, nor look', async () => {
  const { id: taskId } = await host.create({ goal: 'demo: instant', items: [{ text: 'Write it' }] });
  await host.settled(taskId);
  const { preview, land, undo } = host.core.api.landings;
  for (const refused of [
    await preview({ taskId, how: 'merge' }, agentOf(taskId)),
    await land({ taskId, how: 'merge' }, agentOf(taskId)),
    await undo({ taskId }, agentOf(taskId)),
  ]) {
    expect(refused).toMatchObject({ ok: false, rejection: { code: 'forbidden' } });
  }
});

it('a workspace is not removed, and a task does not run, while its work lands', async () => {
  const { landings, tasks, workspaces } = host.core.api;
  must(await host.core.api.projects.trust({ projectId: host.projectId, trusted: true }, PERSON));
  const { id: taskId } = await host.create({ goal: 'demo: instant', items: [{ text: 'Write it' }], base: 'main' });
  const { workspace } = await host.settled(taskId);
  await writeFile(join(workspace?.path ?? '', 'new.txt'), 'new\n');
  const [waits, goes] = [join(host.dataFolder, 'hook-waits'), join(host.dataFolder, 'hook-goes')];
  const hooks = join(host.repository.path, '.git', 'hooks');
  await mkdir(hooks, { recursive: true });
  const lines = ['#!/bin/sh', `: > '${waits}'`, `while [ ! -e '${goes}' ]; do sleep 0.1; done`];
  await writeFile(join(hooks, 'pre-commit'), `${lines.join('\n')}\n`, { mode: 0o755 });
  const landing = landings.land({ taskId, how: 'squash' }, PERSON);
  await host.event(taskId, 'landing.requested');
  const removed = await workspaces.remove({ workspaceId: workspace?.id ?? '', discard: true }, PERSON);
  expect(removed).toMatchObject({ ok: false, rejection: { code: 'wrong-state' } });
  expect(await tasks.rerun({ taskId }, PERSON)).toMatchObject({ ok: false, rejection: { code: 'wrong-state' } });
  expect(await tasks.remove({ taskId }, PERSON)).toMatchObject({ ok: false, rejection: { code: 'wrong-state' } });
  await writeFile(goes, '');
  expect(must(await landing).landing?.onto).toBe('main');
});
