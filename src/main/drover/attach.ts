import { WebSocket } from 'ws';
import type { Client } from '../../contract/client.ts';
import { connect } from '../../contract/connection/connect.ts';
import type { Endpoint } from '../../contract/data-folder.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import { settings } from '../../contract/settings/state.ts';
import { AGENT_VARIABLES } from '../../core/backends/known-agents.ts';
import type { Logger } from '../../core/base/logger.ts';
import type { Scope } from '../../core/base/scope.ts';
import { PERSON } from '../../core/core-api.ts';
import type { ChosenProgram } from '../../core/process/locate-program.ts';
import { createUserEnvironment } from '../../core/process/user-environment.ts';
import { desktopOfHost } from '../../host/desktop.ts';
import type { Logging } from '../../host/logging.ts';
import type { PortLike } from '../../server/rpc-port.ts';
import { apiOverClient } from './api-over-client.ts';
import type { Drover, OpenRefusal } from './drover.ts';

export interface AttachOptions {
  /** Absolute. */
  dataFolder: string;
  endpoint: Endpoint;
  /** Of this app. */
  version: string;
  logging: Logging;
  scope: Scope;
  /** The other Drover has ended, so many milliseconds after it had started. Comes at most once. */
  onLost(livedMs: number): void;
}

const REACH_MS = 5000;
/** Of a Drover of another version. Less than a person waits for a window. */
const MAKE_WAY_MS = 5000;

/**
 * Shows the Drover of another process: its calls over its WebSocket, and every page of this app over a socket of its own.
 * Refused when it does not answer, or is of another version: the page would not fit its answers.
 */
export async function attach(options: AttachOptions): Promise<Result<Drover> | OpenRefusal> {
  const { endpoint, version, scope } = options;
  const { logger } = options.logging;
  options.logging.addSecret(endpoint.token);
  const open = (path = '/rpc') => {
    const socket = new WebSocket(`${endpoint.url.replace(/^http/, 'ws')}${path}`, {
      headers: { authorization: `Bearer ${endpoint.token}` },
      handshakeTimeout: REACH_MS,
    });
    socket.on('error', (error) => logger.debug('a socket to the other Drover failed', { error: error.message }));
    return socket;
  };

  let isUp = false;
  let startedAt = 0;
  let isOver = false;
  const connection = connect({
    createSocket: () => open() as never,
    onState(state) {
      if (state === 'reconnecting' && isUp && !isOver) {
        isOver = true;
        options.onLost(Date.now() - startedAt);
      }
    },
  });
  const over = () => {
    isOver = true;
    connection.close();
  };

  const status = await connection.client.system.status().catch(() => null);
  if (status === null) {
    over();
    return reject(
      'unavailable',
      'Another Drover has this data folder but does not answer. Wait a moment and start again; “drover doctor” says more.',
    );
  }
  if (status.version !== version) {
    if (status.background && (await makesWay(connection.client))) {
      over();
      return reject('unavailable', 'The other Drover is making way.');
    }
    const link = await connection.client.system.openLink().catch(() => null);
    over();
    return {
      ...reject(
        'unavailable',
        `Drover ${status.version} is running in the background, and this is ${version}. ${status.background ? 'It makes way when its tasks are between turns: try again later' : 'Stop that one first'}, or use it in your browser.`,
      ),
      ...(link === null ? {} : { page: link.url }),
    };
  }
  isUp = true;
  startedAt = status.startedAt;
  logger.info('showing the Drover of another process', { pid: endpoint.pid, address: endpoint.url });
  const api = apiOverClient(connection.client);
  const bridges = createBridges(logger);
  // Asked when the first folder is opened.
  let shell: ChosenProgram | null = null;
  const environment = createUserEnvironment({
    own: process.env,
    agents: AGENT_VARIABLES,
    shell: () => shell,
    warn: (words) => logger.warn(words),
  });
  async function environmentNow(): Promise<Record<string, string>> {
    const found = await api.settings.get({ key: 'shell.program' }, PERSON);
    const argv = found.ok ? settings.shape['shell.program'].parse(found.value.value) : null;
    shell = argv && { argv, where: 'the setting shell.program' };
    return environment();
  }
  scope.add(() => {
    environment.close();
    bridges.close();
    over();
  });
  return accept({
    isElsewhere: true,
    drain: null,
    address: endpoint.url,
    api,
    openFolder: desktopOfHost({ api, dataFolder: options.dataFolder, environment: environmentNow }),
    subscribe: (wanted, signal) => subscribe(connection.client, wanted, signal),
    acceptPort: (port) => bridges.accept(port, open()),
    acceptTerminalPort: (port) => bridges.accept(port, open('/terminal')),
  });
}

/** False also where that Drover is so old that it does not know the call. */
async function makesWay(client: Client): Promise<boolean> {
  const done = await client.system.makeWay({ waitMs: MAKE_WAY_MS }).catch(() => null);
  return done?.ended === true;
}

async function* subscribe(client: Client, wanted: { after?: number; taskId?: string }, signal: AbortSignal) {
  yield* await client.events.subscribe(wanted, { signal });
}

/** Both ends carry the same messages, so they are passed on as they are. */
function createBridges(logger: Logger) {
  const sockets = new Set<WebSocket>();
  return {
    accept(port: PortLike, socket: WebSocket) {
      sockets.add(socket);
      const waiting: (string | Uint8Array)[] = [];
      port.on('message', ({ data }) => {
        if (typeof data !== 'string' && !(data instanceof Uint8Array)) port.close();
        else if (socket.readyState === WebSocket.OPEN) socket.send(data);
        else if (socket.readyState === WebSocket.CONNECTING) waiting.push(data);
      });
      port.on('close', () => socket.close());
      socket.on('open', () => {
        for (const message of waiting.splice(0)) socket.send(message);
      });
      socket.on('message', (data, isBinary) => port.postMessage(isBinary ? data : String(data)));
      socket.on('close', () => {
        sockets.delete(socket);
        logger.debug('a page has no socket any more');
        port.close();
      });
      port.start();
    },
    close() {
      for (const socket of sockets) socket.terminate();
    },
  };
}
