import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../core/core-api.ts';
import { MAX_BODY, MAX_FILE_BODY, readBody } from './body.ts';
import { docsContent } from './docs-page.ts';
import type { Guard } from './guard.ts';
import type { HttpApi } from './http-api.ts';
import type { McpEndpoint } from './mcp.ts';
import { KEEP, PAGE_POLICY, PLAIN_PAGE_POLICY, type Refusal, redirect, sendContent, sendJson } from './respond.ts';
import { staticContent } from './static-files.ts';

export interface AnswerDeps {
  version: string;
  staticFolder?: string;
  address: string;
  guard: Guard;
  redeem(ticket: string): string | null;
  api: HttpApi;
  mcp(): Promise<McpEndpoint>;
}

export const NOT_FOUND: Refusal = { status: 404, code: 'not-found', message: 'There is nothing at this address.' };

/** The one call that brings a file. */
const ATTACH = '/api/attachments';

export const NOT_FOR_AGENTS: Refusal = {
  status: 403,
  code: 'forbidden',
  message: 'The token of a task does not reach this.',
};

/** A file of the window whose name has the hash of what it holds, so that it never changes. */
const UNCHANGING = /^\/assets\/[^/]+-[\w-]{8}\.(js|css|woff2)$/;

/** Places under `/api` that are no calls. */
const OF_PERSONS = /^\/api\/(openapi\.json|docs(\/.*)?)$/;

/** Answers one request, or says why not. First the guard, then the list of places. */
export function createAnswer(
  deps: AnswerDeps,
): (request: IncomingMessage, response: ServerResponse) => Promise<Refusal | null> {
  const { guard } = deps;
  let document: Promise<object> | null = null;

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
      document ??= import('./api-document.ts').then(({ describeApi }) => describeApi(deps.version, deps.address));
      sendJson(response, 200, await document);
      return null;
    }
    if (OF_PERSONS.test(pathname)) return page(response, await docsContent(pathname), PLAIN_PAGE_POLICY);
    if (deps.staticFolder !== undefined) {
      const found = await staticContent(deps.staticFolder, pathname);
      // The browser keeps it with what it has compiled of it.
      if (found !== null && UNCHANGING.test(pathname)) response.setHeader('cache-control', KEEP);
      return page(response, found, PAGE_POLICY);
    }
    if (pathname !== '/') return NOT_FOUND;
    redirect(response, '/api/docs');
    return null;
  }

  async function answerApi(request: IncomingMessage, response: ServerResponse, caller: Caller) {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const file = caller.taskId === null && request.method === 'POST' && pathOf(request) === ATTACH;
    const body = reads ? { body: undefined } : await readBody(request, file ? MAX_FILE_BODY : MAX_BODY);
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
    const mcp = await deps.mcp();
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

function page(
  response: ServerResponse,
  found: { type: string; content: string | Buffer } | null,
  policy: string,
): Refusal | null {
  if (found === null) return NOT_FOUND;
  sendContent(response, found.type, found.content, policy);
  return null;
}

/** Without the query, which may hold a ticket and has no place in a log. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}
