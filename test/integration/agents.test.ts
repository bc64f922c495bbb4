import { afterEach, expect, test } from 'vitest';
import { createHost, must, type TestHost, USER } from '../support/host.ts';

let host: TestHost | null = null;
afterEach(() => host?.remove());

test('an agent is looked at again when a setting names another program', async () => {
  host = await createHost();
  const { api } = host.core;
  const look = async () => must(await api.agents.get({ name: 'claude' }, USER)).probe;
  const set = async (value: string[] | null) =>
    must(await api.settings.set({ key: 'agent.claude.program', value }, USER));
  await set(['/nowhere/one']);
  expect((await look()).problem).toContain('/nowhere/one');
  await set(['/nowhere/two']);
  expect((await look()).problem).toContain('/nowhere/two');
});
