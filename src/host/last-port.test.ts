import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTempFolder } from '../../test/support/temp.ts';
import { createScope } from '../core/base/scope.ts';
import { openHost } from './host.ts';
import { readLastPort, writeLastPort } from './last-port.ts';
import { createLogging } from './logging.ts';

let temp: Awaited<ReturnType<typeof createTempFolder>>;
let dataFolder: string;
beforeEach(async () => {
  temp = await createTempFolder();
  dataFolder = path.join(temp.path, 'data');
  await mkdir(dataFolder);
  vi.stubEnv('DROVER_LOGIN_ENV', '0');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await temp.remove();
});

/** Starts a host as the daemon does; returns its port and how to end it. */
async function start(port: number | null): Promise<{ port: number; close(): Promise<void> }> {
  const scope = createScope();
  const logging = createLogging({ dataFolder });
  scope.add(logging.close);
  const host = await openHost({ dataFolder, port, logging, scope });
  if (!host.ok) {
    await scope.close();
    throw new Error(host.rejection.message);
  }
  return { port: Number(new URL(host.value.server.address).port), close: scope.close };
}

test('a restarted host is found where it was, and elsewhere when another program took the port', async () => {
  const first = await start(null);
  await first.close();
  const second = await start(null);
  expect(second.port).toBe(first.port);
  await second.close();

  const other = createServer().listen(first.port, '127.0.0.1');
  await once(other, 'listening');
  const third = await start(null);
  expect(third.port).not.toBe(first.port);
  await third.close();
  expect(await readLastPort(dataFolder)).toBe(third.port);
  await new Promise((resolve) => other.close(resolve));
});

test('a port that was asked for is taken or refused, whatever the last one was', async () => {
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address() as { port: number };
  await expect(start(port)).rejects.toThrow(`Port ${port} on 127.0.0.1 is used by another program.`);
  await new Promise((resolve) => free.close(resolve));
});

test('a file that holds no port counts as none', async () => {
  for (const text of ['', 'x', '80', '99999', '4711; rm', '-4711']) {
    await writeFile(path.join(dataFolder, 'last-port'), text);
    expect(await readLastPort(dataFolder), text).toBe(0);
  }
  await writeLastPort(dataFolder, 4711);
  expect(await readLastPort(dataFolder)).toBe(4711);
  expect(await readFile(path.join(dataFolder, 'last-port'), 'utf8')).toBe('4711\n');
  await writeLastPort(path.join(temp.path, 'gone'), 1);
});
