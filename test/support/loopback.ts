import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import { WebSocket } from 'ws';
import type { Logger } from '../../src/core/base/logger.ts';
import { createServer, type Server, type ServerOptions } from '../../src/server/server.ts';
import { createFakeCore, type FakeCore } from './fake-core.ts';
import { anItem, aTask } from './task.ts';

export const TOKEN = 'the-full-token';
export const TASK = 'a00000001';
export const TASK_TOKEN = 'the-token-of-the-task';

export interface TestServer extends Server {
  core: FakeCore;
  port: number;
  /** What was logged, a line each. */
  logged: string[];
}

/** A real server on a core in memory, with one task of two items and a token for it. */
export async function startTestServer(
  options: Partial<Omit<ServerOptions, 'core'>> & { core?: FakeCore } = {},
): Promise<TestServer> {
  const core = options.core ?? createFakeCore();
  core.tasks.set(TASK, aTask({ id: TASK, items: [anItem('1'), anItem('2')] }));
  core.tasks.set('a00000002', aTask({ id: 'a00000002', items: [anItem('1')] }));
  core.tokens.set(TASK_TOKEN, TASK);
  const logged: string[] = [];
  const write = (message: string, fields?: Record<string, unknown>) => {
    const error = fields?.error instanceof Error ? (fields.error.stack ?? '') : '';
    logged.push(`${message} ${JSON.stringify(fields)} ${error}`);
  };
  const logger: Logger = { debug: write, info: write, warn: write, error: write, child: () => logger };
  const made = await createServer({
    core,
    port: 0,
    token: TOKEN,
    version: '1.2.3',
    dataFolder: '/data',
    logFile: '/data/drover.log',
    logger,
    ...options,
  });
  if (!made.ok) throw new Error(made.rejection.message);
  return { ...made.value, core, logged, port: Number(new URL(made.value.address).port) };
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  json(): { code?: string; message?: string } & Record<string, unknown>;
}

export interface Question {
  method?: string;
  headers?: Record<string, string | undefined>;
  body?: string | Buffer;
  /** The full token unless given; null sends none. */
  token?: string | null;
}

/** One HTTP request exactly as said: nothing is followed, normalised or added but the token. */
export async function ask(server: { port: number }, path: string, question: Question = {}): Promise<Answer> {
  const { method = 'GET', body, token = TOKEN } = question;
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  for (const [name, value] of Object.entries(question.headers ?? {})) {
    if (value === undefined) delete headers[name];
    else headers[name] = value;
  }
  const outgoing = request({ host: '127.0.0.1', port: server.port, path, method, headers, agent: false });
  outgoing.end(body);
  const [response] = await once(outgoing, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return { status: response.statusCode, headers: response.headers, text, json: () => JSON.parse(text) };
}

/** A POST of JSON. */
export function post(server: { port: number }, path: string, value: unknown, question: Question = {}): Promise<Answer> {
  const headers = { 'content-type': 'application/json', ...question.headers };
  return ask(server, path, { method: 'POST', body: JSON.stringify(value), ...question, headers });
}

/** A WebSocket to `/rpc`; `headers` replace the token. */
export function openSocket(server: { port: number }, headers: Record<string, string> = bearer(TOKEN)): WebSocket {
  return new WebSocket(`ws://127.0.0.1:${server.port}/rpc`, { headers, perMessageDeflate: false });
}

export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

/** The status and body a WebSocket is refused with. */
export async function refusalOf(socket: WebSocket): Promise<{ status: number; body: string }> {
  const [, response] = await once(socket, 'unexpected-response');
  let body = '';
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode, body };
}
