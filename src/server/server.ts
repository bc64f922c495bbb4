import {
  createServer as createHttpServer,
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { accept, type Outcome, reject } from '../contract/rejection.ts';
import type { Logger } from '../core/base/logger.ts';
import type { Caller, Core } from '../core/core-api.ts';
import { readBody } from './body.ts';
import { docsContent } from './docs-page.ts';
import { reportMistake } from './failure.ts';
import { createGuard, type Guard } from './guard.ts';
import { createHttpApi, describeApi } from './http-api.ts';
import { createMcpEndpoint } from './mcp.ts';
import {
  type Refusal,
  redirect,
  refuseRaw,
  sendContent,
  sendJson,
  sendRefusal,
  setSecurityHeaders,
} from './respond.ts';
import { createRouter } from './router.ts';
import { createRpcSocket, type RpcSocket } from './rpc-socket.ts';
import { createSignIn } from './sign-in.ts';
import { staticContent } from './static-files.ts';

const ADDRESS = '127.0.0.1';
const MOST_CONNECTIONS = 1000;
const CLOSE_GRACE_MS = 500;
/** How long a client may take to send the head and the whole of a request, and how often that is looked at. */
const TIMEOUTS = { headersTimeout: 10_000, requestTimeout: 60_000, connectionsCheckingInterval: 60_000 };
/** Longer than agents pause between two calls of a tool, so that they seldom meet a connection that has just closed. */
const KEEP_ALIVE_MS = 120_000;

export interface ServerOptions {
  core: Core;
  /** 0 takes a free one. */
  port: number;
  /** The full token: whoever has it is the person. */
  token: string;
  version: string;
  dataFolder: string;
  logFile: string;
  /** The built window, served at `/`; without it `/` leads to the page of the API. */
  staticFolder?: string;
  logger: Logger;
  timeouts?: Partial<typeof TIMEOUTS>;
}

export interface Server {
  /** Such as `http://127.0.0.1:4711`. */
  readonly address: string;
  readonly token: string;
  /** A link that signs one browser in, within two minutes. */
  openLink(): string;
  /** Takes no more requests, ends every connection; resolves when all are gone. */
  close(): Promise<void>;
}

/**
 * Serves the core on the loopback interface: the contract over WebSocket at `/rpc` and over HTTP under `/api`, the tools
 * of agents at `/mcp`, pages at `/`. Refused with a sentence when the port cannot be had.
 */
export async function createServer(options: ServerOptions): Promise<Outcome<Server>> {
  const http = createHttpServer({ ...TIMEOUTS, ...options.timeouts, keepAliveTimeout: KEEP_ALIVE_MS });
  http.maxConnections = MOST_CONNECTIONS;
  const failure = await listen(http, options.port);
  if (failure !== null) return failure;

  const { port } = http.address() as AddressInfo;
  const address = `http://${ADDRESS}:${port}`;
  const { core, logger, token } = options;
  const signIn = createSignIn();
  const openLink = () => `${address}/open?t=${signIn.newTicket()}`;
  const host = {
    version: options.version,
    pid: process.pid,
    startedAt: Date.now(),
    address,
    dataFolder: options.dataFolder,
    logFile: options.logFile,
  };
  const router = createRouter({ core, host, openLink, logger });
  const guard = createGuard({ port, token, taskOf: core.tools.taskOf, knowsSession: signIn.knows });
  const socket = createRpcSocket(router, logger);
  const answer = createAnswer({
    ...options,
    address,
    guard,
    redeem: signIn.redeem,
    api: createHttpApi(router, logger),
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
  http.on('upgrade', (request, duplex, head) => upgrade(guard, socket, request, duplex, head));
  http.on('clientError', (error: NodeJS.ErrnoException, duplex) => {
    logger.debug('a request could not be read', { error: error.message });
    const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
    if (!duplex.writable) duplex.destroy();
    else refuseRaw(duplex, late ? TOO_LATE : UNREADABLE);
  });

  return accept({ address, token, openLink, close: () => close(http, socket) });
}

async function listen(http: HttpServer, port: number): Promise<(Outcome<never> & { ok: false }) | null> {
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
        `Port ${port} on ${ADDRESS} is used by another program. Close it, or choose another port with --port or “drover config set server.port” (0 takes a free one).`,
      );
    }
    if (code === 'EACCES') {
      return reject(
        'unavailable',
        `Port ${port} may not be used by this user. Choose one of 1024 or more, or 0 for a free one.`,
      );
    }
    throw error;
  }
}

async function close(http: HttpServer, socket: RpcSocket): Promise<void> {
  if (!http.listening) return;
  const closed = new Promise((resolve) => http.close(resolve));
  http.closeIdleConnections();
  const grace = setTimeout(() => http.closeAllConnections(), CLOSE_GRACE_MS);
  await Promise.all([socket.close(), closed]);
  clearTimeout(grace);
}

function upgrade(guard: Guard, socket: RpcSocket, request: IncomingMessage, duplex: Duplex, head: Buffer): void {
  duplex.on('error', () => duplex.destroy());
  const foreign = guard.checkSource(request.headers);
  const identity = foreign === null ? guard.identify(request.headers) : { refusal: foreign };
  if ('refusal' in identity) refuseRaw(duplex, identity.refusal);
  else if (pathOf(request) !== '/rpc') refuseRaw(duplex, NOT_FOUND);
  else socket.accept(request, duplex, head, identity.caller);
}

interface AnswerDeps extends ServerOptions {
  address: string;
  guard: Guard;
  redeem(ticket: string): string | null;
  api: ReturnType<typeof createHttpApi>;
}

const UNREADABLE: Refusal = { status: 400, code: 'bad-request', message: 'The request could not be read.' };
const TOO_LATE: Refusal = { status: 408, code: 'too-late', message: 'The request took too long to arrive.' };
const NOT_FOUND: Refusal = { status: 404, code: 'not-found', message: 'There is nothing at this address.' };

const NOT_FOR_AGENTS: Refusal = {
  status: 403,
  code: 'forbidden',
  message: 'The token of a task does not reach this.',
};

/** Places under `/api` that are no calls. */
const OF_PERSONS = /^\/api\/(openapi\.json|docs(\/.*)?)$/;

/** Answers one request, or says why not. First the guard, then the list of places. */
function createAnswer(
  deps: AnswerDeps,
): (request: IncomingMessage, response: ServerResponse) => Promise<Refusal | null> {
  const { core, guard } = deps;
  const mcp = createMcpEndpoint(core.tools, deps.version, deps.logger);
  let description: Promise<object> | null = null;

  return async (request, response) => {
    const foreign = guard.checkSource(request.headers);
    if (foreign !== null) return foreign;
    const pathname = pathOf(request);
    if (pathname === '/open') return open(deps, request, response);
    const identity = guard.identify(request.headers);
    if ('refusal' in identity) return identity.refusal;
    const { caller } = identity;

    if (pathname === '/mcp') return answerMcp(request, response, caller);
    if (pathname.startsWith('/api/') && !OF_PERSONS.test(pathname)) return answerApi(request, response, caller);
    if (caller.taskId !== null) return NOT_FOR_AGENTS;
    if (request.method !== 'GET' && request.method !== 'HEAD') return NOT_FOUND;
    return answerPage(response, pathname);
  };

  async function answerPage(response: ServerResponse, pathname: string): Promise<Refusal | null> {
    if (pathname === '/api/openapi.json') {
      description ??= describeApi(deps.version, deps.address);
      sendJson(response, 200, await description);
      return null;
    }
    if (OF_PERSONS.test(pathname)) return page(response, await docsContent(pathname));
    if (deps.staticFolder !== undefined) return page(response, await staticContent(deps.staticFolder, pathname));
    if (pathname !== '/') return NOT_FOUND;
    redirect(response, '/api/docs');
    return null;
  }

  async function answerApi(request: IncomingMessage, response: ServerResponse, caller: Caller) {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const body = reads ? { body: undefined } : await readBody(request);
    if ('refusal' in body) return body.refusal;
    const matched = await deps.api.handle(Object.assign(request, body), response, caller);
    return matched ? null : NOT_FOUND;
  }

  async function answerMcp(request: IncomingMessage, response: ServerResponse, { taskId }: Caller) {
    if (taskId === null) {
      const message = 'These tools belong to the agent of one task: use the token of that task.';
      return { status: 403, code: 'forbidden', message };
    }
    if (request.method !== 'POST') return wrongMethod(response, 'POST');
    const body = await readBody(request);
    if ('refusal' in body) return body.refusal;
    await mcp.handle(request, response, body.body, taskId);
    return null;
  }
}

/** Signs a browser in. Only GET spends the ticket: a preview that looks with HEAD does not. */
function open({ guard, redeem }: AnswerDeps, request: IncomingMessage, response: ServerResponse): Refusal | null {
  if (request.method !== 'GET') return wrongMethod(response, 'GET');
  const ticket = new URL(request.url ?? '', 'http://localhost').searchParams.get('t') ?? '';
  const session = redeem(ticket);
  if (session === null) {
    const message = 'This link has been used or is too old. Get a new one with “drover open”.';
    return { status: 401, code: 'unauthorized', message };
  }
  response.setHeader('set-cookie', `${guard.cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`);
  redirect(response, '/');
  return null;
}

function wrongMethod(response: ServerResponse, allowed: string): Refusal {
  response.setHeader('allow', allowed);
  return { status: 405, code: 'wrong-method', message: `Only ${allowed} is possible here.` };
}

function page(response: ServerResponse, found: { type: string; content: string | Buffer } | null): Refusal | null {
  if (found === null) return NOT_FOUND;
  sendContent(response, found.type, found.content);
  return null;
}

/** Without the query, which may hold a ticket and has no place in a log. */
function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}
