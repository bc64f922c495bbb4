import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ask,
  bearer,
  openSocket,
  post,
  refusalOf,
  startTestServer,
  TASK_TOKEN,
  type TestServer,
} from '../../test/support/loopback.ts';
import { MAX_ATTACHMENT_BYTES } from '../contract/attachment/state.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const ownOrigin = () => ({ origin: server.address });

describe('a request', () => {
  test.each([
    ['no token', { token: null }, 401],
    ['a wrong token', { token: 'wrong' }, 401],
    ['the token with something behind it', { token: 'the-full-token2' }, 401],
    ['another scheme', { headers: { authorization: 'Basic dGhlLWZ1bGwtdG9rZW4=' } }, 401],
    ['a cookie nobody gave out', { token: null, headers: { cookie: 'drover_1=x' } }, 401],
    ['another host', { headers: { host: 'evil.example' } }, 403],
    ['another host on our port', { headers: { host: 'evil.example:1' } }, 403],
    ['our name without the port', { headers: { host: '127.0.0.1' } }, 403],
    ['a foreign origin', { headers: { origin: 'https://evil.example' } }, 403],
    ['the origin of no page', { headers: { origin: 'null' } }, 403],
    ['the origin of another port', { headers: { origin: 'http://127.0.0.1:1' } }, 403],
    ['another site in the browser’s own words', { headers: { 'sec-fetch-site': 'cross-site' } }, 403],
    ['another port in the browser’s own words', { headers: { 'sec-fetch-site': 'same-site' } }, 403],
  ])('with %s is refused with a sentence', async (_, question, status) => {
    for (const [method, path] of [
      ['GET', '/api/status'],
      ['POST', '/api/open-link'],
      ['GET', '/'],
      ['GET', '/api/docs'],
      ['POST', '/mcp'],
    ] as const) {
      const answer = await ask(server, path, { ...question, method });
      expect([path, answer.status]).toEqual([path, status]);
      expect(answer.json().message).toMatch(/^[A-Z].*\.$/s);
      expect(answer.text).not.toMatch(/\bat .*:\d+/);
    }
  });

  test('of a foreign page reaches nothing: the core is not called', async () => {
    const before = server.core.calls.length;
    const headers = { origin: 'https://evil.example', 'content-type': 'application/json' };
    await ask(server, '/api/tasks', { method: 'POST', body: '{}', headers });
    expect(server.core.calls.length).toBe(before);
  });

  test('with the token, from our own page or from none, is answered, by both names', async () => {
    expect((await ask(server, '/api/status')).status).toBe(200);
    expect((await ask(server, '/api/status', { headers: ownOrigin() })).status).toBe(200);
    const local = { host: `localhost:${server.port}`, origin: `http://localhost:${server.port}` };
    expect((await ask(server, '/api/status', { headers: local })).status).toBe(200);
  });

  test('of any outcome carries the headers that keep browsers tight, and none of CORS', async () => {
    const answers = await Promise.all([
      ask(server, '/api/status'),
      ask(server, '/api/status', { token: null }),
      ask(server, '/nothing'),
      ask(server, '/api/docs'),
      ask(server, '/api/status', { method: 'OPTIONS', headers: { 'access-control-request-method': 'POST' } }),
    ]);
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
      expect(headers['content-security-policy']).toMatch(/^default-src 'none';/);
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  test('that is no HTTP gets a bad request and no details', async () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.end('HELLO THERE\r\n\r\n');
    let text = '';
    for await (const chunk of socket) text += chunk;
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).toContain('could not be read');
  });
});

describe('a WebSocket', () => {
  test.each([
    ['no token', {}, 401],
    ['a wrong token', bearer('wrong'), 401],
    ['a foreign origin', { ...bearer('the-full-token'), origin: 'https://evil.example' }, 403],
    ['another host', { ...bearer('the-full-token'), host: 'evil.example' }, 403],
  ])('with %s is refused', async (_, headers, status) => {
    const refusal = await refusalOf(openSocket(server, headers));
    expect(refusal.status).toBe(status);
    expect(JSON.parse(refusal.body).message).toMatch(/\.$/);
  });

  test('at another path is refused', async () => {
    const answer = await ask(server, '/other', {
      headers: { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'x' },
    });
    expect(answer.status).toBe(404);
  });

  test('with the token is accepted, of the person and of a task', async () => {
    for (const token of ['the-full-token', TASK_TOKEN]) {
      const socket = openSocket(server, bearer(token));
      await once(socket, 'open');
      socket.close();
      await once(socket, 'close');
    }
  });
});

describe('the link that signs a browser in', () => {
  const ticketOf = (url: string) => url.slice(server.address.length);
  const open = (path: string, headers: Record<string, string> = {}) => ask(server, path, { token: null, headers });

  test('works once: then the cookie does, and only for this server', async () => {
    const path = ticketOf(server.openLink());
    const first = await open(path);
    expect([first.status, first.headers.location]).toEqual([303, '/']);
    const [cookie = ''] = first.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);

    const second = await open(path, { accept: 'text/html' });
    expect(second.status).toBe(401);
    expect(second.text).toBe('This link has been used or is too old. Get a new one with “drover open”.\n');
    expect(second.headers['set-cookie']).toBeUndefined();

    const pair = cookie.split(';')[0] ?? '';
    expect((await open('/api/status', { cookie: `other=1; ${pair}` })).status).toBe(200);
    expect((await open('/api/status', { cookie: `${pair}x` })).status).toBe(401);

    const other = await startTestServer();
    const reused = await ask(other, '/api/status', { token: null, headers: { cookie: pair } });
    await other.close();
    expect(reused.status).toBe(401);
  });

  test('comes from the API for whoever has the token, and from a cookie only on our own page', async () => {
    const made = await ask(server, '/api/open-link', { method: 'POST' });
    const first = await open(ticketOf(String(made.json().url)));
    const cookie = String(first.headers['set-cookie']?.[0]).split(';')[0] ?? '';
    const foreign = { cookie, origin: 'http://127.0.0.1:1', 'content-type': 'application/json' };
    expect((await ask(server, '/api/open-link', { method: 'POST', token: null, headers: foreign })).status).toBe(403);
    const own = { cookie, ...ownOrigin() };
    expect((await ask(server, '/api/open-link', { method: 'POST', token: null, headers: own })).status).toBe(200);
  });

  test('is not spent by a preview', async () => {
    const path = ticketOf(server.openLink());
    expect((await ask(server, path, { method: 'HEAD', token: null })).status).toBe(405);
    expect((await open(path)).status).toBe(303);
  });

  test('never stands in the log', async () => {
    const path = ticketOf(server.openLink());
    await open(path);
    expect(server.logged.join('\n')).not.toContain(path.split('t=')[1]);
  });
});

describe('a body', () => {
  test('of text or of a form is refused: only those can be sent by other sites unasked', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonp',
    ]) {
      const answer = await post(server, '/api/projects', { path: '/x' }, { headers: { 'content-type': type } });
      expect([type, answer.status, answer.json().code]).toEqual([type, 415, 'wrong-type']);
    }
  });

  test('over 1 MiB is refused, whether or not it says so beforehand', async () => {
    const body = JSON.stringify({ goal: 'x'.repeat(2 * 1024 * 1024) });
    for (const headers of [{ 'content-length': String(body.length) }, { 'transfer-encoding': 'chunked' }]) {
      const answer = await ask(server, '/api/tasks', {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...headers },
      });
      expect([answer.status, answer.json()]).toEqual([
        413,
        { code: 'too-large', message: 'The request is larger than 1 MiB.' },
      ]);
    }
  });

  test('with a file of 10 MiB is taken from a person, for the one call that brings files', async () => {
    const base64 = 'A'.repeat(Math.ceil(MAX_ATTACHMENT_BYTES / 3) * 4);
    const body = { name: 'a.bin', base64 };
    expect((await post(server, '/api/attachments', body)).json().code).toBe('unavailable');
    expect(server.core.calls.at(-1)).toMatchObject({ name: 'attachments.add', input: body });
    const large = await post(server, '/api/attachments', { ...body, more: 'x'.repeat(128 * 1024) });
    expect([large.status, large.json().message]).toEqual([413, 'The request is larger than 13 MiB.']);
    expect((await post(server, '/api/projects', body)).status).toBe(413);
    expect((await post(server, '/api/attachments', body, { token: TASK_TOKEN })).status).toBe(413);
  });

  test('that is no JSON is refused', async () => {
    const answer = await ask(server, '/api/tasks', {
      method: 'POST',
      body: '{"goal": ',
      headers: { 'content-type': 'application/json' },
    });
    expect([answer.status, answer.json().message]).toEqual([400, 'The body is not valid JSON.']);
  });

  test('that never ends costs its sender the connection', async () => {
    const impatient = await startTestServer({
      timeouts: { headersTimeout: 50, requestTimeout: 100, connectionsCheckingInterval: 20 },
    });
    const socket = connect(impatient.port, '127.0.0.1');
    socket.write('POST /api/tasks HTTP/1.1\r\nHost: 127.');
    let text = '';
    for await (const chunk of socket) text += chunk;
    await impatient.close();
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
  });
});
