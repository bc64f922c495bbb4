import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import type { Client } from '../../src/contract/client.ts';
import { type Connection, connect } from '../../src/contract/connection/connect.ts';
import { follow } from '../../src/contract/connection/follow.ts';
import { ENDPOINT_FILE, type Endpoint } from '../../src/contract/data-folder.ts';
import type { LoggedEvent, TaskEvent } from '../../src/contract/task/events.ts';
import type { TaskSpec } from '../../src/contract/task/state.ts';
import type { Scope } from '../../src/core/base/scope.ts';
import { cleanEnvironment } from '../../test/support/host.ts';
import { createRepository, type TestRepository } from '../../test/support/repository.ts';

const OUT = resolve(import.meta.dirname, '../../out');
export const CLI = join(OUT, 'cli', 'main.js');
export const DEMO_AGENT = join(OUT, 'core', 'demo-agent.js');
const DAEMON = join(OUT, 'daemon', 'main.js');
const KILL_AFTER_MS = 20_000;

/** What a client is of. */
export type Host = Pick<Daemon, 'client'>;

/** The built daemon as a process of its own, and a client of it. */
export interface Daemon {
  pid: number;
  /** Milliseconds from the start of the process to the line that says where it listens. */
  readyMs: number;
  address: string;
  client: Client;
  /** Rejects when the process ends without having been asked to; never resolves. */
  died: Promise<never>;
  stop(): Promise<void>;
}

/** Where a bench plays: a home, a data folder and a repository of its own. */
export interface Place {
  home: string;
  dataFolder: string;
  env: Record<string, string>;
  repository: TestRepository;
}

/** `files` small files are in the repository. */
export async function createPlace(folder: string, files = 200): Promise<Place> {
  const names = Array.from({ length: files }, (_, index) => `source/part-${index % 10}/file-${index}.txt`);
  const content = Object.fromEntries(names.map((name) => [name, `${name}\n`.repeat(20)]));
  return {
    home: folder,
    dataFolder: join(folder, 'data'),
    env: cleanEnvironment(folder),
    repository: await createRepository(folder, { files: content }),
  };
}

/** Starts the built daemon, or `program`, on the data folder; it is stopped with `scope` at the latest. */
export async function startDaemon(place: Place, scope: Scope, program = DAEMON): Promise<Daemon> {
  const began = performance.now();
  const child = spawn(process.execPath, [program, '--data', place.dataFolder, '--port', '0'], {
    cwd: place.home,
    env: place.env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stopping: Promise<void> | null = null;
  let disconnect = () => {};
  const stop = () => {
    stopping ??= end(child, disconnect);
    return stopping;
  };
  scope.add(stop);
  const died = once(child, 'exit').then(([code, signal]) => {
    if (stopping) return new Promise<never>(() => {});
    throw new Error(`The daemon ended by itself: ${signal ?? `exit code ${code}`}.`);
  });
  died.catch(() => {});
  await Promise.race([listens(child), died]);
  const readyMs = performance.now() - began;
  const endpoint: Endpoint = JSON.parse(readFileSync(join(place.dataFolder, ENDPOINT_FILE), 'utf8'));
  const connection = connectTo(endpoint);
  disconnect = connection.close;
  return {
    pid: endpoint.pid,
    readyMs,
    address: endpoint.url,
    client: connection.client,
    died,
    stop,
  };
}

/** A client of a host, as the `drover` command is one. */
export function connectTo({ url, token }: Endpoint): Connection {
  return connect({
    createSocket: () =>
      new WebSocket(`${url.replace(/^http/, 'ws')}/rpc`, {
        headers: { authorization: `Bearer ${token}` },
        perMessageDeflate: false,
      }),
  });
}

function listens(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (!child.stdout) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('listens on')) done();
    });
  });
}

async function end(child: ChildProcess, disconnect: () => void): Promise<void> {
  disconnect();
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
  await gone;
  clearTimeout(timer);
}

/** Adds the repository of the place and returns the id of the project. */
export async function addProject({ client }: Host, { repository }: Place): Promise<string> {
  return (await client.projects.add({ path: repository.path, name: 'bench' })).id;
}

/** Makes a draft for the demo agent and returns its id. */
export async function draft(
  { client }: Host,
  projectId: string,
  spec: Partial<TaskSpec> & { goal: string },
): Promise<string> {
  return (await client.tasks.create({ projectId, agent: { agent: 'demo' }, autonomy: 'auto', ...spec })).id;
}

export interface Watcher {
  /** When the next event of this type arrives here, by `performance.now()`. To be called before it can happen. */
  arrival(taskId: string, type: TaskEvent['type']): Promise<{ at: number; event: TaskEvent }>;
  /** Called for every event. */
  onEvent(listen: (event: LoggedEvent) => void): void;
}

/** Subscribes to everything that happens from now on. */
export async function watch({ client }: Host, scope: Scope): Promise<Watcher> {
  const waiting = new Map<string, (arrived: { at: number; event: TaskEvent }) => void>();
  const listeners: ((event: LoggedEvent) => void)[] = [];
  const ending = new AbortController();
  let ready = () => {};
  const caughtUp = new Promise<void>((done) => {
    ready = done;
  });
  const following = follow(
    client,
    {},
    (message) => {
      if (message.type === 'caught-up') ready();
      if (message.type !== 'event') return;
      const { taskId, event } = message.event;
      for (const listen of listeners) listen(message.event);
      const key = `${taskId} ${event.type}`;
      waiting.get(key)?.({ at: performance.now(), event });
      waiting.delete(key);
    },
    ending.signal,
  );
  scope.add(async () => {
    ending.abort();
    await following.catch(() => {});
  });
  await Promise.race([caughtUp, following]);
  return {
    arrival: (taskId, type) => new Promise((done) => waiting.set(`${taskId} ${type}`, done)),
    onEvent: (listen) => void listeners.push(listen),
  };
}

/** Starts a task and waits until it is settled; throws when it did not end as completed, or the daemon died. */
export async function runToEnd(daemon: Daemon, watcher: Watcher, taskId: string): Promise<void> {
  const settled = watcher.arrival(taskId, 'run.settled');
  await daemon.client.tasks.start({ taskId });
  const { event } = await Promise.race([settled, daemon.died]);
  if (event.type === 'run.settled' && event.status !== 'completed') {
    throw new Error(`Task ${taskId} ended as ${event.status}: ${event.outcome.words}`);
  }
}
