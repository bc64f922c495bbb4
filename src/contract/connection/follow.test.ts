import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { createFakeCore } from '../../../test/support/fake-core.ts';
import { openSocket, startTestServer, TASK, type TestServer } from '../../../test/support/loopback.ts';
import { ConnectionLost, type ConnectionState, connect } from './connect.ts';
import { follow, LogReplaced } from './follow.ts';

let server: TestServer;
let states: ConnectionState[] = [];
let sockets: WebSocket[] = [];
const ending = { abort: () => {} };
beforeEach(async () => {
  server = await startTestServer();
  states = [];
  sockets = [];
});
afterEach(async () => {
  ending.abort();
  await server.close();
});

/** Connects to whatever `server` is at the moment. */
function connected() {
  const connection = connect({
    createSocket() {
      const socket = openSocket(server);
      sockets.push(socket);
      return socket;
    },
    onState: (state) => states.push(state),
  });
  ending.abort = connection.close;
  return connection;
}

function happen(title: string): void {
  server.core.happen(TASK, { type: 'task.edited', edit: { title } });
}

describe('a connection', () => {
  test('fails a call with what is wrong when there is nobody, and comes back when there is', async () => {
    const { port } = server;
    await server.close();
    const { client } = connected();
    const failure = await client.projects.list().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConnectionLost);
    expect(failure).toMatchObject({
      message: 'Drover cannot be reached.',
      cause: { message: expect.stringContaining('ECONNREFUSED') },
    });
    expect(states).toEqual(['reconnecting']);

    server = await startTestServer({ port });
    await expect.poll(() => states, { timeout: 10_000 }).toEqual(['reconnecting', 'connected']);
    expect(await client.projects.list()).toEqual([]);
  });

  test('fails the calls that were under way when it breaks, and answers the next', async () => {
    const { client } = connected();
    await client.projects.list();
    const stream = await client.events.subscribe({});
    await stream.next();
    const next = stream.next();
    sockets[0]?.terminate();
    await expect(next).rejects.toBeInstanceOf(ConnectionLost);
    expect(await client.projects.list()).toEqual([]);
    expect(states).toEqual(['connected', 'reconnecting', 'connected']);
  });

  test('asks for an address afresh at every attempt, and takes a failure of that as one', async () => {
    let attempts = 0;
    const { client, close } = connect({
      async createSocket() {
        attempts += 1;
        if (attempts === 1) throw new Error('no file yet');
        return openSocket(server);
      },
    });
    await expect(client.projects.list()).rejects.toMatchObject({ cause: { message: 'no file yet' } });
    expect(await client.projects.list()).toEqual([]);
    close();
    expect(attempts).toBe(2);
  });

  test('that is closed stays closed, and fails calls at once', async () => {
    const { client, close } = connected();
    await client.projects.list();
    close();
    await expect.poll(() => sockets[0]?.readyState).toBe(3);
    await expect(client.projects.list()).rejects.toBeInstanceOf(ConnectionLost);
    expect(sockets.length).toBe(1);
  });
});

describe('following', () => {
  test('survives lost connections and a new host without a gap or a repeat', async () => {
    const { client, close } = connected();
    const seen: string[] = [];
    const stop = new AbortController();
    happen('1');
    const following = follow(
      client,
      { after: 0, taskId: TASK },
      (message) => {
        if (message.type === 'event' && message.event.event.type === 'task.edited') {
          seen.push(message.event.event.edit.title ?? '');
        }
      },
      stop.signal,
    );
    await expect.poll(() => seen).toEqual(['1']);

    sockets.at(-1)?.terminate();
    happen('2');
    await expect.poll(() => seen).toEqual(['1', '2']);

    // A host that ends properly, and one on another port that has the same log.
    const { core } = server;
    await server.close();
    happen('3');
    server = await startTestServer({ core });
    happen('4');
    await expect.poll(() => seen, { timeout: 10_000 }).toEqual(['1', '2', '3', '4']);

    stop.abort();
    await following;
    close();
    await expect.poll(() => core.streams.open).toBe(0);
  });

  test.each([
    ['has gone back, as after a backup was restored,', 'h00000001', 0, []],
    ['has gone back and grown again beyond what was seen', 'h00000001', 1000, ['1', '2', '3']],
    ['is that of another Drover', 'h00000002', 0, ['1', '2', '3']],
  ])('ends with what is wrong when the log %s', async (_, host, begun, events) => {
    const { client } = connected();
    happen('1');
    happen('2');
    const seen: string[] = [];
    const following = follow(client, { after: 0 }, ({ type }) => void seen.push(type), new AbortController().signal);
    const failure = following.then(
      () => null,
      (error: unknown) => error,
    );
    await expect.poll(() => seen).toEqual(['event', 'event', 'caught-up']);
    await server.close();
    const core = createFakeCore(host, begun);
    for (const title of events) core.happen(TASK, { type: 'task.edited', edit: { title } });
    server = await startTestServer({ core });
    expect(await failure).toBeInstanceOf(LogReplaced);
  });

  test('of only new events misses none that happens while the connection is lost', async () => {
    const { client } = connected();
    happen('old');
    const seen: number[] = [];
    const caughtUp: number[] = [];
    const stop = new AbortController();
    const following = follow(
      client,
      {},
      (message) => {
        if (message.type === 'event') seen.push(message.event.seq);
        if (message.type === 'caught-up') caughtUp.push(message.seq);
      },
      stop.signal,
    );
    await expect.poll(() => caughtUp).toEqual([1]);
    sockets.at(-1)?.terminate();
    happen('meanwhile');
    await expect.poll(() => seen).toEqual([2]);
    await expect.poll(() => caughtUp).toEqual([1, 2]);
    stop.abort();
    await following;
  });

  test('waits for the reader, and fails with it', async () => {
    const { client } = connected();
    for (const title of ['1', '2', '3']) happen(title);
    const seen: number[] = [];
    await expect(
      follow(
        client,
        { after: 0 },
        async (message) => {
          await new Promise((resolve) => setImmediate(resolve));
          if (message.type !== 'event') return;
          seen.push(message.event.seq);
          if (message.event.seq === 2) throw new Error('enough');
        },
        new AbortController().signal,
      ),
    ).rejects.toThrow('enough');
    expect(seen).toEqual([1, 2]);
  });

  test('of what is refused is refused', async () => {
    const { client } = connected();
    const following = follow(client, { taskId: 'x' }, () => {}, new AbortController().signal);
    await expect(following).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});
