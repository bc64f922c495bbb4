import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeBackendConformance, openWatched } from '../support/backend-conformance.ts';
import { createHost, must, type TestHost, USER } from '../support/host.ts';
import { createServerBackend } from '../support/server-agent/backend.ts';
import { until } from '../support/until.ts';

const isThere = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

describeBackendConformance({
  name: 'a backend whose program serves many sessions',
  async create(folder) {
    const memory = `${folder}-memory`;
    return {
      backend: createServerBackend(memory),
      options: {},
      close: () => rm(memory, { recursive: true, force: true }),
    };
  },
  prompts: {
    plain: 'plain',
    tool: 'run',
    endless: 'endless',
    crash: 'die',
    ask: 'write',
    transient: 'transient',
    permanent: 'permanent',
    recall: 'recall',
  },
  written: (folder) => isThere(path.join(folder, 'asked.txt')),
});

let folder: string;
let host: TestHost | null = null;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'drover-server-'));
});
afterEach(async () => {
  await host?.remove();
  host = null;
  await rm(folder, { recursive: true, force: true });
});

test('two sessions of one process do not see each other, and the process ends with the last', async () => {
  const backend = createServerBackend(path.join(folder, 'memory'));
  const [one, two] = await Promise.all([openWatched(backend, { cwd: folder }), openWatched(backend, { cwd: folder })]);
  expect(backend.server.sessions).toBe(2);
  const { pid } = backend.server;
  const turn = one.session.prompt('endless');
  await one.seen(({ type }) => type === 'delta');
  expect(await two.session.prompt('run')).toMatchObject({ result: 'ok' });
  expect(one.entries()).toEqual([]);
  expect(two.entries().map(({ type }) => type)).toEqual(['tool-called', 'tool-settled']);
  await two.session.close(0);
  expect(backend.server.pid).toBe(pid);
  await one.session.interrupt();
  expect(await turn).toMatchObject({ result: 'interrupted' });
  await one.session.close(0);
  expect(() => process.kill(Number(pid), 0)).toThrow();
});

test('its calls are judged, asked about and shown by what they are, whatever they are called', async () => {
  const backend = createServerBackend(path.join(folder, 'memory'));
  host = await createHost({ backends: [backend] });
  const agent = { agent: 'server' };
  const { id } = await host.create({ goal: 'write', agent, autonomy: 'ask', limits: { maxRetries: 0 } });
  const asked = await host.event(id, 'approval.requested');
  expect(asked).toMatchObject({ tool: 'apply_patch', title: expect.stringContaining('asked.txt') });
  expect(asked.call).toMatchObject({ kind: 'edit', paths: ['asked.txt'] });
  const workspace = (await host.get(id)).workspace?.path ?? '';
  expect(await isThere(path.join(workspace, 'asked.txt'))).toBe(false);
  must(
    await host.core.api.approvals.answer(
      { approvalId: asked.approvalId, answer: { type: 'allow', scope: 'once' }, from: 'api' },
      USER,
    ),
  );
  expect(await host.settled(id)).toMatchObject({ status: 'completed' });
  expect(await isThere(path.join(workspace, 'asked.txt'))).toBe(true);

  // What the autonomy allows is not asked about: a patch in the workspace, and a command that only prints.
  const free = await host.create({ goal: 'write', agent, autonomy: 'edit' });
  expect(await host.settled(free.id)).toMatchObject({ status: 'completed' });
  expect((await host.log(free.id)).some(({ event }) => event.type === 'approval.requested')).toBe(false);
  await until(() => backend.server.pid === null, 'the end of its process');
});
