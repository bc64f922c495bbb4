import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { WebSocket } from 'ws';
import type { Client } from '../../src/contract/client.ts';
import { type Connection, connect } from '../../src/contract/connection/connect.ts';
import { readEndpoint } from '../../src/host/endpoint-file.ts';
import { startDaemon, type TestDaemon } from '../support/daemon.ts';
import { createRepository, type TestRepository } from '../support/repository.ts';
import { createTempFolder } from '../support/temp.ts';

/** A home with a data folder, a repository and a daemon that can be killed and started again. */
export interface World {
  home: string;
  dataFolder: string;
  repository: TestRepository;
  projectId: string;
  /** The newest daemon, and a client of it. */
  daemon(): TestDaemon;
  client(): Client;
  /** Starts a daemon where one was killed. Gives the milliseconds until it listened. */
  start(): Promise<number>;
  remove(): Promise<void>;
}

/** `files` small files are in the repository. */
export async function createWorld(files: number): Promise<World> {
  const folder = await createTempFolder('drover-chaos-');
  const home = await realpath(folder.path);
  const dataFolder = path.join(home, 'data');
  const content = Object.fromEntries(
    Array.from({ length: files }, (_, at) => [`part-${at % 20}/file-${at}.txt`, `${at}\n`.repeat(10)]),
  );
  const repository = await createRepository(home, { files: content });
  let daemon: TestDaemon | null = null;
  let connection: Connection | null = null;
  const there = <T>(value: T | null): T => {
    if (value === null) throw new Error('No daemon was started yet.');
    return value;
  };
  const world: World = {
    home,
    dataFolder,
    repository,
    projectId: '',
    daemon: () => there(daemon),
    client: () => there(connection).client,
    async start() {
      connection?.close();
      const began = performance.now();
      daemon = await startDaemon(dataFolder, home, { DROVER_LOGIN_ENV: '0' });
      const took = performance.now() - began;
      const endpoint = await readEndpoint(dataFolder);
      if (endpoint === null) throw new Error('The daemon listens, but its endpoint file is missing.');
      connection = connect({
        createSocket: () => {
          const headers = { authorization: `Bearer ${endpoint.token}` };
          const socket = new WebSocket(`${endpoint.url.replace('http', 'ws')}/rpc`, { headers });
          socket.on('error', () => {});
          return socket as never;
        },
      });
      return took;
    },
    async remove() {
      connection?.close();
      await daemon?.stop();
      await folder.remove();
    },
  };
  await world.start();
  world.projectId = (await world.client().projects.add({ path: repository.path, name: 'chaos' })).id;
  await world.client().settings.set({ key: 'task.slots', value: 4 });
  return world;
}
