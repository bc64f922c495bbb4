import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  ask,
  bearer,
  post,
  startTestServer,
  TASK,
  TASK_TOKEN,
  type TestServer,
  TOKEN,
} from '../../test/support/loopback.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

async function connected(token: string) {
  const client = new Client({ name: 'test', version: '1' });
  const requestInit = { headers: bearer(token) };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${server.address}/mcp`), { requestInit }));
  return client;
}

test('an agent finds the tools and works on its own task with them', async () => {
  const client = await connected(TASK_TOKEN);
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(['item_set', 'broken']);
  expect(tools[0]?.inputSchema).toMatchObject({
    type: 'object',
    required: ['item', 'status'],
    additionalProperties: false,
  });

  const done = await client.callTool({ name: 'item_set', arguments: { item: '1', status: 'completed' } });
  expect(done).toMatchObject({ isError: false, content: [{ type: 'text', text: 'Item 1 is completed.' }] });
  expect(server.core.tasks.get(TASK)?.items[0]?.status).toBe('completed');
  expect(server.core.tasks.get('a00000002')?.items[0]?.status).toBe('pending');
  await client.close();
});

test.each([
  ['that cannot be done', 'item_set', { item: '9', status: 'completed' }, 'There is no item 9.'],
  [
    'with a wrong word',
    'item_set',
    { item: '1', status: 'done' },
    'item_set: status must be "pending" or "completed".',
  ],
  [
    'with an unknown argument',
    'item_set',
    { item: '1', status: 'completed', task: 'a00000002' },
    'item_set: task is not known.',
  ],
  ['without arguments', 'item_set', undefined, 'item_set: item is missing; status must be "pending" or "completed".'],
  ['of an unknown tool', 'rm', {}, 'There is no tool rm. There are: item_set, broken.'],
])('a call %s is answered with words for the agent', async (_, name, args, text) => {
  const client = await connected(TASK_TOKEN);
  const answer = await client.callTool({ name, arguments: args });
  await client.close();
  expect(answer).toMatchObject({ isError: true, content: [{ type: 'text', text }] });
});

test('a mistake of ours is a reference, not a stack trace', async () => {
  const client = await connected(TASK_TOKEN);
  const { content } = await client.callTool({ name: 'broken', arguments: {} });
  await client.close();
  expect(JSON.stringify(content)).toMatch(
    /"Something went wrong in Drover \(reference [0-9a-f]{8}\); the log file has the details\."/,
  );
});

test('only the token of a task opens it: not a wrong one, and not the person’s', async () => {
  await expect(connected('wrong')).rejects.toThrow(/401|not valid/);
  await expect(connected(TOKEN)).rejects.toThrow(/403|agent of one task/);
  server.core.tokens.set('brief', TASK);
  const client = await connected('brief');
  server.core.tokens.delete('brief');
  await expect(client.listTools()).rejects.toThrow(/401|not valid/);
  await client.close();
});

test('what it does not offer is answered as the protocol says', async () => {
  const agent = { token: TASK_TOKEN };
  const get = await ask(server, '/mcp', { ...agent, headers: { accept: 'text/event-stream' } });
  expect([get.status, get.headers.allow]).toEqual([405, 'POST']);
  expect((await ask(server, '/mcp', { ...agent, method: 'DELETE' })).status).toBe(405);
  const headers = { accept: 'application/json, text/event-stream' };
  const unknown = await post(
    server,
    '/mcp',
    { jsonrpc: '2.0', id: 1, method: 'server/discover' },
    { ...agent, headers },
  );
  expect(unknown.text).toContain('-32601');
  const odd = await post(server, '/mcp', { hello: 1 }, { ...agent, headers });
  expect(odd.status).toBe(400);
});
