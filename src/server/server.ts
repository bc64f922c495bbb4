import {
  createServer as createHttpServer,
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { OpenOnDesktop } from '../contract/desktop.ts';
import { accept, type Result, reject } from '../contract/rejection.ts';
import type { FoundOpeners } from '../contract/system/state.ts';
import type { Logger } from '../core/base/logger.ts';
import { type Core, PERSON } from '../core/core-api.ts';
import { createAnswer, NOT_FOR_AGENTS, NOT_FOUND, pathOf } from './answer.ts';
import { reportMistake } from './failure.ts';
import { createGuard, type Guard } from './guard.ts';
import { createHttpApi } from './http-api.ts';
import type { McpEndpoint } from './mcp.ts';
import { type Refusal, refuseRaw, sendRefusal, setSecurityHeaders } from './respond.ts';
import { createRouter } from './router.ts';
import { createRpcPorts, type PortLike } from './rpc-port.ts';
import { createRpcSocket, type RpcSocket } from './rpc-socket.ts';
import { createSignIn } from './sign-in.ts';
import { createTerminalPorts } from './terminal-ports.ts';
import { createTerminalSocket, type TerminalSocket } from './terminal-socket.ts';

const ADDRESS = '127.0.0.1';
const MOST_CONNECTIONS = 1000;
const CLOSE_GRACE_MS = 500;
/** When the endpoint for agents is loaded if none has asked for it before. */
const MCP_LOAD_MS = 1000;
/** How long a client may take to send the head and the whole of a request, and how often that is looked at. */
const TIMEOUTS = { headersTimeout: 10_000, requestTimeout: 60_000, connectionsCheckingInterval: 60_000 };
/** Longer than agents pause between two calls of a tool, so that they seldom meet a connection that has just closed. */
const KEEP_ALIVE_MS = 120_000;

const UNREADABLE: Refusal = { status: 400, code: 'bad-request', message: 'The request could not be read.' };
const TOO_LATE: Refusal = { status: 408, code: 'too-late', message: 'The request took too long to arrive.' };

export interface ServerOptions {
  core: Core;
  /** 0 for any free port. */
  port: number;
  /** The full token: whoever has it is the person. */
  token: string;
  version: string;
  dataFolder: string;
  logFile: string;
  /** The desktop that the server is on; left out where folders are not opened. */
  desktop?: OpenOnDesktop;
  /** What opens folders there. */
  openers?: () => Promise<FoundOpeners>;
  /** Ends it for another Drover, see `RouterDeps`: where it was started to work without a window. */
  makeWay?: (waitMs: number) => Promise<boolean>;
  /** The built window, served at `/`; without it `/` leads to the page of the API. */
  staticFolder?: string;
  /** Where the sessions of browsers outlive the server; see `createSignIn`. */
  sessionFile?: string;
  logger: Logger;
  timeouts?: Partial<typeof TIMEOUTS>;
}

export interface Server {
  /** Such as `http://127.0.0.1:4711`. */
  readonly address: string;
  readonly token: string;
  /** A link that signs one browser in, within two minutes. */
  openLink(): string;
  /** Serves a window of this same program, which needs neither token nor socket. */
  acceptPort(port: PortLike): void;
  /** Serves one terminal to such a window. */
  acceptTerminalPort(port: PortLike): void;
  /** Takes no more requests, ends every connection; resolves when all are gone. */
  close(): Promise<void>;
}

/**
 * Serves the core on the loopback interface: the contract over WebSocket at `/rpc` and over HTTP under `/api`, the tools
 * of agents at `/mcp`, pages at `/`. Refused with a sentence when the port cannot be had.
 */
export async function createServer(options: ServerOptions): Promise<Result<Server>> {
  const http = createHttpServer({ ...TIMEOUTS, ...options.timeouts, keepAliveTimeout: KEEP_ALIVE_MS });
  http.maxConnections = MOST_CONNECTIONS;
  const failure = await listen(http, options.port);
  if (failure !== null) return failure;

  const { port } = http.address() as AddressInfo;
  const address = `http://${ADDRESS}:${port}`;
  const { core, logger, token } = options;
  const signIn = createSignIn({ file: options.sessionFile });
  const openLink = () => `${address}/open?t=${signIn.newTicket()}`;
  const host = {
    version: options.version,
    pid: process.pid,
    startedAt: Date.now(),
    address,
    dataFolder: options.dataFolder,
    logFile: options.logFile,
    background: options.makeWay !== undefined,
  };
  const { desktop, openers, makeWay } = options;
  const router = createRouter({ core, host, desktop, openers, makeWay, openLink, logger });
  const guard = createGuard({ port, token, taskOf: core.tools.taskOf, knowsSession: signIn.knows });
  const socket = createRpcSocket(router, logger);
  const ports = createRpcPorts(router, logger);
  const terminalSocket = createTerminalSocket(core, logger);
  const terminalPorts = createTerminalPorts(core);
  // Half of the time that loading the server takes goes into this, and no agent asks in the first moment.
  let endpoint: Promise<McpEndpoint> | null = null;
  const mcp = () => {
    endpoint ??= import('./mcp.ts').then((loaded) => loaded.createMcpEndpoint(core.tools, options.version, logger));
    return endpoint;
  };
  const warmUp = setTimeout(() => void mcp(), MCP_LOAD_MS);
  const answer = createAnswer({
    version: options.version,
    staticFolder: options.staticFolder,
    address,
    guard,
    redeem: signIn.redeem,
    api: createHttpApi(router, logger),
    mcp,
  });

  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    setSecurityHeaders(response);
    void answer(request, response)
      .then((refusal) => {
        if (refusal !== null) sendRefusal(request, response, refusal);
      })
      .catch((error: unknown) => {
        if (response.destroyed) return;
        const message = reportMistake(error, `${request.method} ${pathOf(request)}`, logger);
        sendRefusal(request, response, { status: 500, code: 'internal', message });
      });
  };
  http.on('request', onRequest);
  http.on('upgrade', (request, duplex, head) =>
    upgrade(guard, { '/rpc': socket, '/terminal': terminalSocket }, request, duplex, head),
  );
  http.on('clientError', (error: NodeJS.ErrnoException, duplex) => {
    logger.debug('a request could not be read', { error: error.message });
    const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
    if (!duplex.writable) duplex.destroy();
    else refuseRaw(duplex, late ? TOO_LATE : UNREADABLE);
  });

  return accept({
    address,
    token,
    openLink,
    acceptPort: (port) => ports.accept(port, PERSON),
    acceptTerminalPort: terminalPorts.accept,
    close,
  });

  function close(): Promise<void> {
    clearTimeout(warmUp);
    ports.close();
    terminalPorts.close();
    return closeAll(http, [socket, terminalSocket]);
  }
}

async function listen(http: HttpServer, port: number): Promise<(Result<never> & { ok: false }) | null> {
  try {
    await new Promise<void>((resolve, refuse) => {
      http.once('error', refuse);
      http.listen(port, ADDRESS, () => {
        http.off('error', refuse);
        resolve();
      });
    });
    return null;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EADDRINUSE') {
      return reject(
        'conflict',
        `Port ${port} on ${ADDRESS} is used by another program. Close it, or choose another port with --port or “drover config set server.port” (0 for any free port).`,
      );
    }
    if (code === 'EACCES') {
      return reject(
        'unavailable',
        `Port ${port} may not be used by this user. Choose one of 1024 or more, or 0 for any free port.`,
      );
    }
    throw error;
  }
}

async function closeAll(http: HttpServer, sockets: readonly { close(): Promise<void> }[]): Promise<void> {
  if (!http.listening) return;
  const closed = new Promise((resolve) => http.close(resolve));
  http.closeIdleConnections();
  const grace = setTimeout(() => http.closeAllConnections(), CLOSE_GRACE_MS);
  await Promise.all([...sockets.map((socket) => socket.close()), closed]);
  clearTimeout(grace);
}

interface Ways {
  '/rpc': RpcSocket;
  '/terminal': TerminalSocket;
}

function upgrade(guard: Guard, ways: Ways, request: IncomingMessage, duplex: Duplex, head: Buffer): void {
  duplex.on('error', () => duplex.destroy());
  const foreign = guard.checkSource(request.headers);
  const identity = foreign === null ? guard.identify(request.headers) : { refusal: foreign };
  const path = pathOf(request);
  if ('refusal' in identity) refuseRaw(duplex, identity.refusal);
  else if (path !== '/rpc' && path !== '/terminal') refuseRaw(duplex, NOT_FOUND);
  else if (path === '/terminal' && identity.caller.taskId !== null) refuseRaw(duplex, NOT_FOR_AGENTS);
  else ways[path].accept(request, duplex, head, identity.caller);
}
