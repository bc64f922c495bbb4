import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
import { api } from '../contract/api.ts';
import { agentOf, PERSON } from '../core/core-api.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe('the calls over HTTP', () => {
  test('reach the core with the input and the person who asks', async () => {
    const answer = await post(server, '/api/tasks', {
      goal: 'Say “hi” $(x)\n🙂',
      projectId: 'p00000001',
      start: false,
    });
    expect([answer.status, answer.json().goal]).toEqual([200, 'Say “hi” $(x)\n🙂']);
    expect(server.core.calls.at(-1)).toEqual({
      name: 'tasks.create',
      input: { goal: 'Say “hi” $(x)\n🙂', projectId: 'p00000001', start: false },
      caller: PERSON,
    });
  });

  test('read the query by the types of the contract', async () => {
    await ask(server, '/api/tasks?limit=5&status=running&search=10');
    expect(server.core.calls.at(-1)?.input).toEqual({ limit: 5, status: ['running'], search: '10' });
    await ask(server, '/api/tasks?status=running&status=failed');
    expect(server.core.calls.at(-1)?.input).toEqual({ limit: 100, status: ['running', 'failed'] });
    await ask(server, `/api/tasks/${TASK}/log?after=7`);
    expect(server.core.calls.at(-1)?.input).toEqual({ taskId: TASK, after: 7, limit: 200 });
  });

  test.each([
    [
      'an unknown key',
      'POST',
      '/api/tasks',
      { goal: 'x', projectId: 'p00000001', colour: 'red' },
      'tasks.create: colour is not known.',
    ],
    [
      'an unknown key inside',
      'POST',
      '/api/tasks',
      { goal: 'x', projectId: 'p00000001', items: [{ text: 'y', done: true }] },
      'tasks.create: items[0].done is not known.',
    ],
    [
      'an unknown key in the choice of an agent',
      'POST',
      '/api/tasks',
      { goal: 'x', projectId: 'p00000001', agent: { name: 'y' } },
      'tasks.create: agent.name is not known.',
    ],
    ['missing keys', 'POST', '/api/tasks', {}, 'tasks.create: goal is missing; projectId is missing.'],
    ['a wrong type', 'POST', '/api/tasks', { goal: 7, projectId: 'p00000001' }, 'tasks.create: goal must be text.'],
    ['an empty text', 'POST', '/api/tasks', { goal: '', projectId: 'p00000001' }, 'tasks.create: goal is empty.'],
    [
      'a text that is too long',
      'POST',
      '/api/tasks',
      { goal: 'x'.repeat(262_145), projectId: 'p00000001' },
      'tasks.create: goal is longer than 262144 characters.',
    ],
    [
      'a word that is not one of the list',
      'POST',
      '/api/tasks',
      { goal: 'x', projectId: 'p00000001', autonomy: 'all' },
      'tasks.create: autonomy must be "plan", "ask", "edit" or "auto".',
    ],
    [
      'an id of a wrong form',
      'GET',
      '/api/projects/x',
      null,
      'projects.get: projectId: a project id is p and 8 characters of 0-9 and a-z.',
    ],
    ['an unknown key in the query', 'GET', '/api/tasks?color=1', null, 'tasks.list: color is not known.'],
    ['a word for a number', 'GET', '/api/tasks?limit=many', null, 'tasks.list: limit must be a number.'],
    ['a number out of bounds', 'GET', '/api/tasks?limit=2001', null, 'tasks.list: limit must be at most 2000.'],
    ['a list instead of an object', 'POST', '/api/projects', [], 'projects.add: the input must be an object.'],
    [
      'a key that means something to JavaScript',
      'POST',
      '/api/projects',
      JSON.parse('{"path":"/x","__proto__":{"name":"y"}}'),
      'projects.add: __proto__ is not known.',
    ],
  ])('with %s are refused in a sentence, and nothing is done', async (_, method, path, body, message) => {
    const before = server.core.calls.length;
    const answer = body === null ? await ask(server, path, { method }) : await post(server, path, body, { method });
    expect([answer.status, answer.json()]).toEqual([400, { code: 'bad-request', message }]);
    expect(server.core.calls.length).toBe(before);
  });

  test('that the core refuses answer 409 with its words', async () => {
    const answer = await post(server, `/api/tasks/${TASK}/items/9/status`, { status: 'completed' });
    expect([answer.status, answer.json()]).toEqual([
      409,
      { code: 'not-found', message: 'There is no item 9.', allowed: ['1', '2'] },
    ]);
  });

  test('that fail by a mistake of ours say nothing but a reference, which the log explains', async () => {
    const answer = await post(server, `/api/tasks/${TASK}/start`, {});
    const { code, message = '' } = answer.json();
    expect([answer.status, code]).toEqual([500, 'internal']);
    const reference =
      /^Something went wrong in Drover \(reference ([0-9a-f]{8})\); the log file has the details\.$/.exec(message)?.[1];
    expect(server.logged.find((line) => line.includes(String(reference)))).toContain('a mistake with a secret inside');
  });

  test('carry a goal of 200 KB', async () => {
    const goal = 'ä'.repeat(100 * 1024);
    const answer = await post(server, '/api/tasks', { goal, projectId: 'p00000001' });
    expect(answer.json().goal).toBe(goal);
  });

  test('at an unknown path or with a wrong method are not found', async () => {
    for (const [method, path] of [
      ['GET', '/api/nothing'],
      ['PUT', '/api/tasks'],
      ['GET', '/nothing'],
      ['POST', '/'],
    ] as const) {
      const answer = await ask(server, path, { method });
      expect([path, answer.status, answer.json().code]).toEqual([path, 404, 'not-found']);
    }
  });

  test('tell about the host', async () => {
    const status = (await ask(server, '/api/status')).json();
    expect(status).toMatchObject({
      host: 'h00000001',
      user: 'local',
      pid: process.pid,
      address: server.address,
      dataFolder: '/data',
    });
    expect(api.system.status['~orpc'].outputSchema?.safeParse(status).success).toBe(true);
  });
});

describe('the agent of a task', () => {
  const agent = { token: TASK_TOKEN };

  test('reaches its task and the items of it', async () => {
    expect((await ask(server, `/api/tasks/${TASK}`, agent)).status).toBe(200);
    expect((await ask(server, `/api/tasks/${TASK}/items`, agent)).status).toBe(200);
    const set = await post(server, `/api/tasks/${TASK}/items/1/status`, { status: 'completed' }, agent);
    expect(set.json()).toMatchObject({ id: '1', status: 'completed' });
    expect(server.core.calls.at(-1)?.caller).toEqual(agentOf(TASK));
    expect((await post(server, `/api/tasks/${TASK}/items`, { text: 'More' }, agent)).status).toBe(200);
  });

  test.each([
    ['another task', 'GET', '/api/tasks/a00000002'],
    ['the items of another task', 'GET', '/api/tasks/a00000002/items'],
    ['a list', 'GET', '/api/tasks'],
    ['its own log', 'GET', `/api/tasks/${TASK}/log`],
    ['its own end', 'POST', `/api/tasks/${TASK}/stop`],
    ['the projects', 'GET', '/api/projects'],
    ['the settings', 'GET', '/api/settings'],
    ['the events', 'GET', '/api/events'],
    ['a link for a browser', 'POST', '/api/open-link'],
    ['the status', 'GET', '/api/status'],
  ])('does not reach %s', async (_, method, path) => {
    const before = server.core.calls.length;
    const answer = method === 'GET' ? await ask(server, path, agent) : await post(server, path, {}, agent);
    expect([answer.status, answer.json().code]).toEqual([409, 'forbidden']);
    expect(answer.json().message).toMatch(/^The token of .*task.*\.$/);
    expect(server.core.calls.length).toBe(before);
  });

  test('comes as the agent when it gives an item a check, which is judged then', async () => {
    const check = ['touch', '/tmp/x'];
    expect((await post(server, `/api/tasks/${TASK}/items`, { text: 'x', check }, agent)).status).toBe(200);
    expect(server.core.calls.at(-1)).toMatchObject({ caller: { by: 'agent' }, input: { check } });
  });

  test('does not see the pages', async () => {
    for (const path of ['/', '/api/docs', '/api/openapi.json']) {
      expect([path, (await ask(server, path, agent)).status]).toEqual([path, 403]);
    }
  });
});

describe('events over HTTP', () => {
  test('come as they happen, with their numbers, and go on after the last one', async () => {
    const own = await startTestServer();
    own.core.happen(TASK, { type: 'task.edited', edit: { title: 'one' } });
    const first = await listen(own, '/api/events?after=0', {});
    await first.until(/caught-up/);
    own.core.happen(TASK, { type: 'task.edited', edit: { title: 'two' } });
    await first.until(/"two"/);
    first.end();
    expect(first.text()).toMatch(/id: 1\n[\s\S]*id: 2\n/);

    own.core.happen(TASK, { type: 'task.edited', edit: { title: 'three' } });
    const second = await listen(own, '/api/events?after=0', { 'last-event-id': '2' });
    await second.until(/caught-up/);
    expect(second.text()).toContain('"three"');
    expect(second.text()).not.toContain('"two"');
    expect(own.core.streams.open).toBe(1);
    await own.close();
    await expect.poll(() => own.core.streams.open).toBe(0);
  });

  async function listen({ port }: TestServer, path: string, headers: Record<string, string>) {
    const asked = request({ host: '127.0.0.1', port, path, headers: { ...bearer(TOKEN), ...headers }, agent: false });
    asked.on('error', () => {});
    asked.end();
    const [response] = await once(asked, 'response');
    expect(response.headers['content-type']).toBe('text/event-stream');
    response.on('error', () => {});
    let text = '';
    response.on('data', (chunk: Buffer) => {
      text += chunk;
    });
    return {
      text: () => text,
      until: (pattern: RegExp) => expect.poll(() => text).toMatch(pattern),
      end: () => asked.destroy(),
    };
  }
});

describe('the description of the API', () => {
  test('is an OpenAPI document of every call', async () => {
    const document = (await ask(server, '/api/openapi.json')).json() as unknown as {
      openapi: string;
      servers: { url: string }[];
      paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
    };
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.servers).toEqual([{ url: `${server.address}/api` }]);
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    const calls = Object.entries(api).flatMap(([noun, verbs]) => Object.keys(verbs).map((verb) => `${noun}.${verb}`));
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(calls.sort());
    for (const { responses } of operations) expect(Object.keys(responses)).toEqual(['200', '409']);
    // Every pointer inside leads somewhere.
    const text = JSON.stringify(document);
    for (const [, pointer = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      let place: unknown = document;
      for (const step of pointer.split('/')) place = (place as Record<string, unknown>)[step];
      expect(place, pointer).toBeDefined();
    }
  });

  test('has a page that loads nothing from elsewhere and runs nothing inline', async () => {
    const page = await ask(server, '/api/docs');
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
    const loaded = [...page.text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, url]) => url ?? '');
    expect(loaded.length).toBe(4);
    expect(page.text).not.toMatch(/<script>|<style|\son\w+=/);
    for (const url of loaded) expect([url, (await ask(server, url)).status]).toEqual([url, 200]);
  });

  test('gives no other file of the package, and none outside of it', async () => {
    for (const path of [
      '/api/docs/package.json',
      '/api/docs/index.html',
      '/api/docs/',
      '/api/docs/../../package.json',
      '/api/docs/..%2f..%2fpackage.json',
      '/api/docs/%2e%2e/package.json',
      '/api/docs/toString',
      '/api/docs//etc/passwd',
    ]) {
      expect([path, (await ask(server, path)).status]).toEqual([path, 404]);
    }
  });
});
