import { rename, rm } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { createHost, type TestHost } from '../support/host.ts';
import { createScriptedBackend, YIELDED } from '../support/scripted-backend.ts';

let host: TestHost;
afterEach(() => host.remove());

const LOST = {
  status: 'failed',
  outcome: { code: 'workspace-failed', words: expect.stringContaining('no longer exists') },
};
const workspaceOf = async (taskId: string) => (await host.get(taskId)).workspace?.path ?? '';

test.each([
  ['is removed', (folder: string) => rm(folder, { recursive: true })],
  ['is moved away', (folder: string) => rename(folder, `${folder}-away`)],
  ['goes with the folder above it', (folder: string) => rm(`${folder}/..`, { recursive: true })],
])('a workspace that %s ends the run at once, though nothing is heard of the agent', async (_, lose) => {
  host = await createHost();
  const { id } = await host.create({ goal: 'x', agent: { agent: 'passive' }, items: [{ text: 'first' }] });
  await host.event(id, 'turn.requested');
  await lose(await workspaceOf(id));
  expect(await host.settled(id)).toMatchObject(LOST);
});

test('a run that waits to try again does not wait for a workspace that is gone', async () => {
  const error = { class: 'transient', code: 'overloaded', words: 'It is overloaded.', hint: null } as const;
  const backend = createScriptedBackend('limited', async () => ({
    ...YIELDED,
    result: 'error',
    error,
    retryAfterMs: 3 * 3_600_000,
  }));
  host = await createHost({ backends: [backend] });
  const { id } = await host.create({ goal: 'x', agent: { agent: 'limited' }, autonomy: 'auto' });
  await host.event(id, 'retry.scheduled');
  await rm(await workspaceOf(id), { recursive: true });
  expect(await host.settled(id)).toMatchObject(LOST);
});
