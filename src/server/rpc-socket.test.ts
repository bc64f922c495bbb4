import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { bearer, openSocket, startTestServer, TASK, TASK_TOKEN, type TestServer } from '../../test/support/loopback.ts';
import { eventually } from '../../test/support/until.ts';
import { MAX_ATTACHMENT_BYTES } from '../contract/attachment/state.ts';
import { type Connection, connect } from '../contract/connection/connect.ts';
import type { StreamMessage } from '../contract/stream/state.ts';

let server: TestServer;
let connections: Connection[] = [];
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(async () => {
  for (const connection of connections) connection.close();
  connections = [];
  await server.close();
});

function clientOf(headers?: Record<string, string>, onSocket: (socket: WebSocket) => void = () => {}) {
  const createSocket = () => {
    const socket = openSocket(server, headers);
    onSocket(socket);
    return socket;
  };
  const connection = connect({ createSocket });
  connections.push(connection);
  return connection.client;
}

describe('calls over a WebSocket', () => {
  test('are answered, refused and corrected in words', async () => {
    const client = clientOf();
    const { task } = await client.tasks.get({ taskId: TASK });
    expect(task.items.map((item) => item.id)).toEqual(['1', '2']);
    await expect(client.items.set({ taskId: TASK, itemId: '9', status: 'completed' })).rejects.toMatchObject({
      code: 'REJECTED',
      defined: true,
      message: 'There is no item 9.',
      data: { code: 'not-found', message: 'There is no item 9.', allowed: ['1', '2'] },
    });
    await expect(client.tasks.list({ limit: '5', colour: 1 } as never)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: 'tasks.list: limit must be a number; colour is not known.',
    });
    await expect(client.tasks.start({ taskId: TASK })).rejects.toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
      message: expect.stringMatching(/^Something went wrong in Drover \(reference [0-9a-f]{8}\)/),
    });
  });

  test('carry a goal of 200 KB', async () => {
    const goal = 'é\n'.repeat(100 * 1024);
    const made = await clientOf().tasks.create({ goal, projectId: 'p00000001' });
    expect(made.goal).toBe(goal);
  });

  test('of an agent reach its own task and nothing else', async () => {
    const client = clientOf(bearer(TASK_TOKEN));
    expect(await client.items.list({ taskId: TASK })).toHaveLength(2);
    for (const call of [
      () => client.items.list({ taskId: 'a00000002' }),
      () => client.projects.list(),
      () => client.settings.set({ key: 'task.slots', value: 9 }),
      () => client.system.openLink(),
      () => client.events.subscribe({}),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'REJECTED', data: { code: 'forbidden' } });
    }
  });
});

describe('a connection', () => {
  test.each([
    ['text that is no JSON', 'hello'],
    ['JSON that is no request', '[1]'],
    ['a request without a path', '{"i":"1","p":{}}'],
    ['a request for no path', '{"i":"1","p":{"u":7}}'],
    ['a request with odd headers', '{"i":"1","p":{"u":"/tasks/list","h":3}}'],
    ['bytes', Buffer.from([1, 2, 3])],
  ])('that sends %s is ended, and the server goes on', async (_, frame) => {
    const socket = openSocket(server);
    await once(socket, 'open');
    socket.send(frame);
    expect((await once(socket, 'close'))[0]).toBe(1003);
    expect((await clientOf().items.list({ taskId: TASK })).length).toBe(2);
  });

  test('that asks for a call there is not gets an answer', async () => {
    const socket = openSocket(server);
    await once(socket, 'open');
    socket.send('{"i":"1","p":{"u":"/nothing/here","b":{}}}');
    const [data] = await once(socket, 'message');
    expect(JSON.parse(String(data))).toMatchObject({ i: '1', p: { s: 404 } });
    socket.close();
  });

  test('that sends more than 1 MiB at once is ended', async () => {
    const socket = openSocket(server);
    await once(socket, 'open');
    socket.on('error', () => {});
    socket.send('x'.repeat(1024 * 1024 + 1));
    expect((await once(socket, 'close'))[0]).toBe(1009);
  });

  test('may bring a file of 10 MiB where a person does, and nothing else of that size', async () => {
    const base64 = 'A'.repeat(Math.ceil(MAX_ATTACHMENT_BYTES / 3) * 4);
    await expect(clientOf().attachments.add({ name: 'a.bin', base64 })).rejects.toMatchObject({
      data: { code: 'unavailable' },
    });
    const { name, input } = server.core.calls.at(-1) ?? {};
    expect(name).toBe('attachments.add');
    expect((input as { base64: string }).base64).toBe(base64);
    await expect(clientOf().attachments.add({ name: 'a.bin', base64: `${base64}AAAA` })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });

    const closed = async (headers: Record<string, string> | undefined, u: string) => {
      const socket = openSocket(server, headers);
      await once(socket, 'open');
      socket.on('error', () => {});
      socket.send(JSON.stringify({ i: '1', p: { u, b: { json: { name: 'a.bin', base64 } } } }));
      return (await once(socket, 'close'))[0];
    };
    const calls = server.core.calls.length;
    expect(await closed(undefined, '/tasks/create?/attachments/add')).toBe(1009);
    expect(await closed(bearer(TASK_TOKEN), '/attachments/add')).toBe(1009);
    expect(server.core.calls).toHaveLength(calls);
  });

  test('takes a long call back, and breaks off what it still waits for when it breaks', async () => {
    let socket: WebSocket | undefined;
    const client = clientOf(undefined, (made) => {
      socket = made;
    });
    const { measuring } = server.core;
    const mine = new AbortController();
    const taken = client.cleanUp.measure({ workspaceId: 'a00000001-1' }, { signal: mine.signal });
    taken.catch(() => {});
    await eventually(() => expect(measuring).toHaveLength(1));
    expect(measuring[0]?.aborted).toBe(false);
    mine.abort();
    await eventually(() => expect(measuring[0]?.aborted).toBe(true));
    await expect(taken).rejects.toThrow();
    const broken = client.cleanUp.measure({ workspaceId: 'a00000002-1' });
    broken.catch(() => {});
    await eventually(() => expect(measuring).toHaveLength(2));
    socket?.terminate();
    await eventually(() => expect(measuring[1]?.aborted).toBe(true));
    await expect(broken).rejects.toThrow();
  });

  test('that breaks ends the streams it asked for', async () => {
    let socket: WebSocket | undefined;
    const client = clientOf(undefined, (made) => {
      socket = made;
    });
    const messages = await client.events.subscribe({ after: 0 });
    expect((await messages.next()).value).toEqual({
      type: 'caught-up',
      host: 'h00000001',
      seq: 0,
      at: null,
      afterAt: null,
    });
    expect(server.core.streams.open).toBe(1);
    socket?.terminate();
    await expect(messages.next()).rejects.toMatchObject({ name: 'ConnectionLost' });
    await expect.poll(() => server.core.streams.open).toBe(0);
  });

  test('of a reader that stops in the middle ends only that stream', async () => {
    const client = clientOf();
    server.core.happen(TASK, { type: 'task.edited', edit: { title: 'one' } });
    for await (const message of await client.events.subscribe({ after: 0 })) {
      expect(message.type).toBe('event');
      break;
    }
    await expect.poll(() => server.core.streams.open).toBe(0);
    expect((await client.items.list({ taskId: TASK })).length).toBe(2);
  });
});

test('a reader that does not read costs little memory, and misses nothing', async () => {
  const count = 3000;
  const size = 20_000;
  let socket: WebSocket | undefined;
  const client = clientOf(undefined, (made) => {
    socket = made;
  });
  const messages = await client.events.subscribe({ after: 0 });
  await messages.next();
  socket?.pause();
  for (let i = 0; i < count; i += 1) {
    server.core.happen(TASK, { type: 'task.edited', edit: { title: 'x'.repeat(size) } });
  }
  // Nothing more is pulled once the buffers of the system and our own megabyte are full.
  const pulled: number[] = [];
  const standsStill = () => {
    pulled.push(server.core.streams.pulled);
    const [first = 0, ...others] = pulled.slice(-4);
    return first > 0 && others.length === 3 && others.every((later) => later === first);
  };
  await expect.poll(standsStill, { interval: 100 }).toBe(true);
  expect(server.core.streams.pulled * size).toBeLessThan(16 * 1024 * 1024);

  socket?.resume();
  for (let seq = 1; seq <= count; seq += 1) {
    const { value } = await messages.next();
    expect((value as Extract<StreamMessage, { type: 'event' }>).event.seq).toBe(seq);
  }
});
