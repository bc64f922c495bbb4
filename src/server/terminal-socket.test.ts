import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createFakeCore } from '../../test/support/fake-core.ts';
import { bearer, refusalOf, startTestServer, TASK_TOKEN, type TestServer, TOKEN } from '../../test/support/loopback.ts';
import type { Caller } from '../core/core-api.ts';

let server: TestServer;
let heard: (string | Uint8Array)[];
let callers: Caller[];
let closed: Promise<void>;
beforeEach(async () => {
  heard = [];
  callers = [];
  const core = createFakeCore();
  closed = new Promise((resolve) => {
    core.terminals.serve = (carrier, caller) => {
      callers.push(caller);
      return {
        receive(message) {
          heard.push(message);
          carrier.send(message);
          if (message === 'bye') carrier.close();
        },
        closed: resolve,
      };
    };
  });
  server = await startTestServer({ core });
});
afterEach(() => server.close());

const open = (headers: Record<string, string>) =>
  new WebSocket(`ws://127.0.0.1:${server.port}/terminal`, { headers, perMessageDeflate: false });

test('text and bytes go both ways as they are, until one of the two ends it', async () => {
  const socket = open(bearer(TOKEN));
  await once(socket, 'open');
  socket.send('text');
  expect(String((await once(socket, 'message'))[0])).toBe('text');
  socket.send(new Uint8Array([0, 255, 27]));
  const [bytes, isBinary] = await once(socket, 'message');
  expect([[...(bytes as Buffer)], isBinary]).toEqual([[0, 255, 27], true]);
  expect(heard.map((one) => typeof one)).toEqual(['string', 'object']);
  expect(callers).toMatchObject([{ by: 'user', taskId: null }]);
  socket.send('bye');
  await once(socket, 'close');
  await closed;
});

test.each([
  ['no token', {}, 401],
  ['a wrong token', bearer('wrong'), 401],
  ['the token of an agent', bearer(TASK_TOKEN), 403],
  ['a page of another site', { ...bearer(TOKEN), origin: 'http://evil.example' }, 403],
  ['another host', { ...bearer(TOKEN), host: 'evil.example' }, 403],
])('%s opens no terminal', async (_, headers, status) => {
  expect((await refusalOf(open(headers))).status).toBe(status);
  expect(callers).toEqual([]);
});

test('a message that is too large ends the connection', async () => {
  const socket = open(bearer(TOKEN));
  await once(socket, 'open');
  socket.send(Buffer.alloc(2 * 1024 * 1024));
  const [code] = await once(socket, 'close');
  expect(code).toBe(1009);
  expect(heard).toEqual([]);
});
