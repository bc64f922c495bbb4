import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHost, type TestHost } from '../../test/support/host.ts';
import { clientOverPort } from '../contract/connection/port.ts';

let host: TestHost;
let ports: MessagePort[] = [];
beforeEach(async () => {
  host = await createHost();
});
afterEach(async () => {
  for (const port of ports) port.close();
  ports = [];
  await host.remove();
});

/** As Electron's main process sees a port: messages come as events. */
function open() {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1);
  host.server.acceptPort({
    on: (event: 'message' | 'close', listener: (event: { data: unknown }) => void) =>
      port2.on(event, (data?: unknown) => listener({ data })),
    postMessage: (message) => port2.postMessage(message),
    start: () => port2.start(),
    close: () => port2.close(),
  });
  return port1;
}

it('serves calls, refusals and streams as the socket does', async () => {
  const client = clientOverPort(open() as never);
  expect((await client.system.status()).address).toBe(host.address);
  await expect(client.tasks.get({ taskId: 'a00000000' })).rejects.toMatchObject({
    code: 'REJECTED',
    data: { code: 'not-found' },
  });
  await expect(client.tasks.get({ taskId: 'x' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });

  const messages = await client.events.subscribe({ after: 0, live: false });
  const task = await host.create({ goal: 'Nothing' }, false);
  const seen: string[] = [];
  for await (const message of messages) {
    if (message.type === 'event' && message.event.taskId === task.id) seen.push(message.event.event.type);
    if (seen.length > 0) break;
  }
  expect(seen).toEqual(['task.created']);
});

it.each([
  ['no request', 'hello'],
  ['an object', { i: '1' }],
  ['a broken request', '{"i":"1","p":{"u":5}}'],
])('ends a connection that sends %s', async (_what, message) => {
  const port = open();
  const closed = new Promise((resolve) => port.once('close', () => resolve('closed')));
  port.start();
  port.postMessage(message);
  expect(await closed).toBe('closed');
});

it('ends with the server', async () => {
  const port = open();
  const closed = new Promise((resolve) => port.once('close', () => resolve('closed')));
  port.start();
  await host.close();
  expect(await closed).toBe('closed');
});
