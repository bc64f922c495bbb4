import path from 'node:path';
import type { Result } from '../../src/contract/rejection.ts';
import type { LoggedEvent, TaskEvent } from '../../src/contract/task/events.ts';
import type { Task, TaskSpec } from '../../src/contract/task/state.ts';
import { silentLogger } from '../../src/core/base/logger.ts';
import { type CoreOptions, createCore } from '../../src/core/core.ts';
import { type Core, PERSON } from '../../src/core/core-api.ts';
import { desktopOfHost } from '../../src/host/desktop.ts';
import { createServer, type Server } from '../../src/server/server.ts';
import { compileCache, DEMO_AGENT } from './programs.ts';
import { createRepository } from './repository.ts';
import { createTaskGate, type TaskGate } from './task-gate.ts';
import { createTempFolder } from './temp.ts';

/** A whole host in this process: the core and the server on a data folder of its own, and one project. */
export interface TestHost {
  core: Core;
  server: Server;
  address: string;
  dataFolder: string;
  repository: Awaited<ReturnType<typeof createRepository>>;
  projectId: string;
  /** Makes a task for the project. */
  create(spec: Partial<TaskSpec> & { goal: string }, start?: boolean): Promise<Task>;
  /** Holds a task of the demo agent as long as the test needs it to run. */
  createGate(): Promise<TaskGate>;
  get(taskId: string): Promise<Task>;
  /** The first event, already logged or still to come, that `wanted` accepts. */
  event<T extends TaskEvent['type']>(
    taskId: string,
    type: T,
    wanted?: (event: Extract<TaskEvent, { type: T }>) => boolean,
  ): Promise<Extract<TaskEvent, { type: T }>>;
  /** The task, once it is completed, failed or cancelled. */
  settled(taskId: string): Promise<Task>;
  log(taskId: string): Promise<LoggedEvent[]>;
  /** Closes the core and the server; the folder stays. */
  close(): Promise<void>;
  /** The same data folder in a new core. */
  reopen(): Promise<void>;
  remove(): Promise<void>;
}

/** The answer of a call, or its refusal thrown. */
export function must<T>(outcome: Result<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.rejection.code}: ${outcome.rejection.message}`);
  return outcome.value;
}

export function cleanEnvironment(home: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    LANG: 'C.UTF-8',
    DROVER_LOGIN_ENV: '0',
    TMPDIR: process.env.TMPDIR ?? '/tmp',
    ...compileCache(),
  };
}

export async function createHost(
  options: Partial<CoreOptions> & { files?: Record<string, string>; staticFolder?: string } = {},
): Promise<TestHost> {
  const { files, staticFolder, ...coreOptions } = options;
  const folder = await createTempFolder();
  const dataFolder = path.join(folder.path, 'data');
  const repository = await createRepository(folder.path, { files: files ?? { 'README.md': '# Sample\n' } });
  let closeAll = async () => {};

  async function open(): Promise<void> {
    const core = must(
      await createCore({
        dataFolder,
        env: cleanEnvironment(folder.path),
        logger: silentLogger,
        demoAgent: DEMO_AGENT,
        ...coreOptions,
      }),
    );
    const server = must(
      await createServer({
        core,
        port: 0,
        token: 'test-token-of-the-user-0123456789',
        version: '0.0.0-test',
        dataFolder,
        logFile: '',
        desktop: desktopOfHost({ api: core.api, dataFolder, environment: core.environment }),
        staticFolder,
        logger: silentLogger,
      }),
    );
    host.core = core;
    host.server = server;
    host.address = server.address;
    closeAll = async () => {
      await core.close();
      await server.close();
    };
    await core.start(server.address);
  }

  const host: TestHost = {
    core: undefined as unknown as Core,
    server: undefined as unknown as Server,
    address: '',
    dataFolder,
    repository,
    projectId: '',
    async create(spec, start = true) {
      return must(
        await host.core.api.tasks.create(
          { projectId: host.projectId, agent: { agent: 'demo' }, start, ...spec },
          PERSON,
        ),
      );
    },
    createGate: () => createTaskGate(folder.path),
    get: async (taskId) => must(await host.core.api.tasks.get({ taskId }, PERSON)).task,
    async event(taskId, type, wanted = () => true) {
      const stop = new AbortController();
      for await (const message of host.core.events.subscribe({ after: 0, taskId }, stop.signal)) {
        if (message.type !== 'event' || message.event.event.type !== type) continue;
        const event = message.event.event as Extract<TaskEvent, { type: typeof type }>;
        if (!wanted(event)) continue;
        stop.abort();
        return event;
      }
      throw new Error(`The stream of ${taskId} ended before ${type}.`);
    },
    async settled(taskId) {
      const stop = new AbortController();
      for await (const message of host.core.events.subscribe({ taskId }, stop.signal)) {
        const task = await host.get(taskId);
        if (['completed', 'failed', 'cancelled'].includes(task.status)) {
          stop.abort();
          return task;
        }
        if (message.type === 'changed') continue;
      }
      throw new Error(`The stream of ${taskId} ended before the task.`);
    },
    async log(taskId) {
      const events: LoggedEvent[] = [];
      for (let after: number | null = 0; after !== null; ) {
        const page: { events: LoggedEvent[]; nextAfter: number | null } = must(
          await host.core.api.tasks.log({ taskId, after, limit: 1000 }, PERSON),
        );
        events.push(...page.events);
        after = page.nextAfter;
      }
      return events;
    },
    close: () => closeAll(),
    async reopen() {
      await closeAll();
      await open();
    },
    async remove() {
      await closeAll();
      await folder.remove();
    },
  };
  await open();
  host.projectId = must(await host.core.api.projects.add({ path: repository.path }, PERSON)).id;
  return host;
}

export { PERSON as USER };
