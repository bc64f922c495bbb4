import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Json, record, text } from '../protocol.ts';

/** What a prompt of MCP or an answer to a hook may measure; an input of a tool may be as long as a line of the program. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** What the program in the terminal talks to: its hooks, and a server that offers one prompt. Loopback, with a token. */
export interface Bridge {
  readonly token: string;
  readonly hookUrl: string;
  readonly promptsUrl: string;
  close(): Promise<void>;
}

export interface BridgeHooks {
  /** What a hook answers; `gone` is aborted when the program no longer waits for it. Rejects: the hook fails. */
  hook(input: Json, gone: AbortSignal): Promise<Json>;
  /** The program has asked which prompts there are. */
  listed(): void;
  /** The text of a prompt; null when there is none of this id. */
  promptText(id: string): string | null;
}

const PROMPTS = [
  {
    name: 'next',
    description: 'The next prompt of Drover',
    arguments: [{ name: 'id', description: 'Its number', required: true }],
  },
];

/** Starts it on a port of its own. */
export async function startBridge(hooks: BridgeHooks): Promise<Bridge> {
  const token = randomBytes(32).toString('base64url');
  const server = createServer((request, response) => {
    void handle(request, response).catch(() => respond(response, 500));
  });
  let host = '';

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { authorization, origin } = request.headers;
    // A browser sends an origin, the program does not.
    if (origin !== undefined || request.headers.host !== host || !isToken(authorization, token)) {
      respond(response, 401);
      return;
    }
    if (request.method !== 'POST') {
      respond(response, 405);
      return;
    }
    const body = await readBody(request);
    if (body === null) respond(response, 400);
    else if (request.url === '/hook') await answerHook(body, response);
    else if (request.url === '/prompts') answerPrompts(body, response);
    else respond(response, 404);
  }

  async function answerHook(input: Json, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.on('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    respond(response, 200, await hooks.hook(input, gone.signal));
  }

  function answerPrompts({ id, method, params }: Json, response: ServerResponse): void {
    if (id === undefined) {
      respond(response, 202);
      return;
    }
    const result = (value: Json) => respond(response, 200, { jsonrpc: '2.0', id, result: value });
    const failure = (code: number, message: string) =>
      respond(response, 200, { jsonrpc: '2.0', id, error: { code, message } });
    const given = record(params);
    if (method === 'initialize') {
      const protocolVersion = text(given.protocolVersion) ?? '2025-06-18';
      result({ protocolVersion, capabilities: { prompts: {} }, serverInfo: { name: 'drover-prompts', version: '1' } });
    } else if (method === 'ping') result({});
    else if (method === 'prompts/list') {
      result({ prompts: PROMPTS });
      hooks.listed();
    } else if (method === 'prompts/get') {
      const prompt = hooks.promptText(text(record(given.arguments).id) ?? '');
      if (prompt === null) failure(-32602, 'Drover has sent this prompt already, or never.');
      else result({ messages: [{ role: 'user', content: { type: 'text', text: prompt } }] });
    } else failure(-32601, 'Method not found');
  }

  // A question that waits for a person is a request without an end.
  server.requestTimeout = 0;
  server.timeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return {
    token,
    hookUrl: `http://${host}/hook`,
    promptsUrl: `http://${host}/prompts`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function respond(response: ServerResponse, status: number, body?: Json): void {
  if (response.destroyed || response.headersSent) return;
  if (body === undefined) response.writeHead(status).end();
  else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function isToken(header: string | undefined, token: string): boolean {
  const [given, expected] = [Buffer.from(header ?? ''), Buffer.from(`Bearer ${token}`)];
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Null when it is no JSON object, or too long. */
async function readBody(request: IncomingMessage): Promise<Json | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) return null;
    parts.push(part);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(parts).toString('utf8'));
    return Array.isArray(value) ? null : record(value);
  } catch {
    return null;
  }
}
