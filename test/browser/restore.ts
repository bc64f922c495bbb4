import type { Client } from '../../src/contract/client.ts';
import type { Result } from '../../src/contract/rejection.ts';
import type { Caller } from '../../src/core/core-api.ts';
import { must, type TestHost, USER } from '../support/host.ts';
import { until } from '../support/until.ts';

/** Takes away what a test has made, but for projects: tasks, terminals, rules, a pause, and settings other than the port. */
export async function restore(client: Client): Promise<void> {
  const { tasks } = await client.tasks.list({ limit: 1000 });
  await Promise.all(tasks.map(({ id, status }) => removeTask(client, id, status)));
  // Those of tasks end with them.
  const terminals = (await client.terminals.list({})).filter(({ taskId }) => taskId === null);
  await Promise.all(terminals.map(({ id: terminalId }) => client.terminals.close({ terminalId, force: true })));
  for (const { id: ruleId } of await client.rules.list({})) await client.rules.remove({ ruleId });
  if ((await client.pause.get()).paused) await client.pause.end({});
  for (const { key, value, default: usual } of await client.settings.list()) {
    if (key !== 'server.port' && JSON.stringify(value) !== JSON.stringify(usual)) await client.settings.set({ key });
  }
}

async function removeTask(client: Client, taskId: string, status: string): Promise<void> {
  if (status === 'queued' || status === 'running') {
    await client.tasks.stop({ taskId }).catch(() => {});
    const now = async () => (await client.tasks.get({ taskId })).task.status;
    await until(async () => !['queued', 'running'].includes(await now()), `task ${taskId} to stop`);
  }
  await client.tasks.remove({ taskId, keepWorkspace: true });
}

/** A host in this process called as a client would; what is refused is thrown. */
export function clientOf(host: TestHost): Client {
  type Calls = Record<string, Record<string, (input: unknown, caller: Caller) => Promise<Result<unknown>>>>;
  const calls = () => host.core.api as unknown as Calls;
  const group = (name: string) =>
    new Proxy(
      {},
      {
        get: (_, verb: string) => async (input: unknown) =>
          must((await calls()[name]?.[verb]?.(input, USER)) as Result<unknown>),
      },
    );
  return new Proxy({}, { get: (_, name: string) => group(name) }) as Client;
}
