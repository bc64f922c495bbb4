import { symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHost, must, type TestHost, USER } from '../../../test/support/host.ts';

let host: TestHost;
beforeEach(async () => {
  host = await createHost();
});
afterEach(async () => {
  await host.close();
  await host.remove();
});

const api = () => host.core.api;
const open = async (where: { taskId: string } | { projectId: string }) => must(await api().terminals.open(where, USER));
const names = async () => must(await api().terminals.list({}, USER)).map(({ id }) => id);
/** Runs a program in a terminal, and waits until it has begun. */
async function runIn(terminalId: string): Promise<void> {
  must(await api().terminals.send({ terminalId, text: `sh -c 'echo "be"gun; sleep 1000; :'\r` }, USER));
  const text = async () => must(await api().terminals.read({ terminalId, lines: 0 }, USER)).text;
  await expect.poll(text, { timeout: 20_000 }).toContain('begun');
}
const refusal = async (call: () => Promise<{ ok: boolean }>) => {
  const done = (await call()) as { ok: boolean; rejection?: { message: string } };
  return done.ok ? null : (done.rejection?.message ?? '');
};

async function aTask(): Promise<{ taskId: string; workspaceId: string }> {
  const { id } = await host.create({ goal: 'demo: instant' }, true);
  const { workspace } = await host.settled(id);
  return { taskId: id, workspaceId: workspace?.id ?? '' };
}

test.each([
  [
    'a project',
    async () => {
      const { id } = await open({ projectId: host.projectId });
      return { id, remove: () => api().projects.remove({ projectId: host.projectId }, USER) };
    },
  ],
  [
    'a workspace',
    async () => {
      const { taskId, workspaceId } = await aTask();
      const { id } = await open({ taskId });
      return { id, remove: () => api().workspaces.remove({ workspaceId }, USER) };
    },
  ],
])('%s is removed only when nothing runs in its terminals, and they end with it', async (_, make) => {
  const { id, remove } = await make();
  await runIn(id);
  expect(await refusal(remove)).toMatch(/^(sh|sleep) runs in the terminal/);
  expect(await names()).toEqual([id]);
  // Again each time, as a person would: dash holds a Ctrl-C back that comes before its next program has begun.
  const removeOnceEnded = async () => {
    must(await api().terminals.send({ terminalId: id, text: '\u0003' }, USER));
    return refusal(remove);
  };
  await expect.poll(removeOnceEnded, { timeout: 20_000 }).toBeNull();
  expect(await names()).toEqual([]);
});

test('a file that a terminal names is found in its folder, in a project as well, and nowhere else', async () => {
  const { id, folder } = await open({ projectId: host.projectId });
  await writeFile(path.join(folder, 'here.txt'), 'here');
  await symlink('/etc/hostname', path.join(folder, 'out.txt'));
  const find = (file: string) => api().terminals.file({ terminalId: id, path: file }, USER);
  expect(await find('here.txt')).toEqual({ ok: true, value: { folder, file: path.join(folder, 'here.txt') } });
  for (const file of ['out.txt', '../here.txt', '/etc/hostname', 'gone.txt', '.']) {
    expect([file, (await find(file)).ok]).toEqual([file, false]);
  }
});

test('a task that is archived or deleted takes its terminals with it', async () => {
  const first = await aTask();
  await open({ taskId: first.taskId });
  must(await api().tasks.archive({ taskId: first.taskId, archived: true }, USER));
  await expect.poll(names).toEqual([]);
  const second = await aTask();
  await open({ taskId: second.taskId });
  must(await api().tasks.remove({ taskId: second.taskId, keepWorkspace: true }, USER));
  await expect.poll(names).toEqual([]);
});
