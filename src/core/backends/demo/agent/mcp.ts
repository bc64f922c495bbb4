import type { RequestOptions } from 'node:http';

/**
 * An `import` of node:http evaluates all its getters, one of which loads the whole of fetch and WebSocket: 60 ms before
 * the first line of a program that needs neither.
 */
const http = process.getBuiltinModule('node:http');

/** A tool's answer as text; `ok` is false when the tool refused. */
export interface ToolReply {
  ok: boolean;
  text: string;
}

export interface McpClient {
  listTools(): Promise<string[]>;
  /** Throws only when the server cannot be reached or does not speak the protocol. */
  callTool(name: string, args: Record<string, unknown>, signal: AbortSignal): Promise<ToolReply>;
  close(): void;
}

/** Of the Model Context Protocol, revision 2025-06-18. */
const PROTOCOL_VERSION = '2025-06-18';

/**
 * The part of MCP over streamable HTTP that an agent needs to call tools: JSON-RPC by POST, answered with JSON or with
 * server-sent events. Written on `node:http` because loading a full client costs more than a whole demo turn. The
 * handshake is made with the first call.
 */
export function createMcpClient(url: string, token: string): McpClient {
  const connection = new http.Agent({ keepAlive: true, maxSockets: 1 });
  let nextId = 1;
  let session: string | null = null;
  let ready: Promise<void> | null = null;

  const send = async (
    message: Record<string, unknown>,
    signal?: AbortSignal,
  ): Promise<Record<string, unknown> | null> => {
    const id = 'id' in message ? message.id : null;
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${token}`,
      'mcp-protocol-version': PROTOCOL_VERSION,
    };
    if (session) headers['mcp-session-id'] = session;
    const reply = await post(
      url,
      { agent: connection, headers, signal },
      JSON.stringify({ jsonrpc: '2.0', ...message }),
    );
    session = reply.session ?? session;
    if (reply.status >= 400)
      throw new Error(`The tools answered with HTTP ${reply.status}: ${reply.body.slice(0, 500)}`);
    if (id === null) return null;
    const answer = messagesOf(reply).find((one) => one.id === id);
    if (!answer) throw new Error(`The tools gave no answer to ${String(message.method)}.`);
    return answer;
  };

  const call = async (
    method: string,
    params: Record<string, unknown>,
    signal?: AbortSignal,
  ): Promise<Record<string, unknown>> => {
    const answer = await send({ id: nextId++, method, params }, signal);
    const failure = answer?.error as { message?: string } | undefined;
    if (failure) throw new Error(`The tools refused ${method}: ${failure.message}`);
    return (answer?.result ?? {}) as Record<string, unknown>;
  };

  const connect = () => {
    ready ??= (async () => {
      await call('initialize', {
        protocolVersion: PROTOCOL_VERSION,
        capabilities: {},
        clientInfo: { name: 'drover-demo-agent', version: '1' },
      });
      await send({ method: 'notifications/initialized' });
    })();
    return ready;
  };

  return {
    async listTools() {
      await connect();
      const { tools } = await call('tools/list', {});
      return (tools as { name: string }[]).map((tool) => tool.name);
    },
    async callTool(name, args, signal) {
      await connect();
      const { content, isError } = await call('tools/call', { name, arguments: args }, signal);
      const texts = (content as { type: string; text?: string }[]).map((part) => part.text ?? '');
      return { ok: isError !== true, text: texts.join('\n') };
    },
    close: () => connection.destroy(),
  };
}

interface HttpReply {
  status: number;
  type: string;
  session: string | null;
  body: string;
}

function post(url: string, options: RequestOptions, body: string): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    const sent = http.request(url, { ...options, method: 'POST' }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const given = response.headers['mcp-session-id'];
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          session: typeof given === 'string' ? given : null,
          body: Buffer.concat(chunks).toString('utf8'),
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function messagesOf(reply: HttpReply): Record<string, unknown>[] {
  const texts = reply.type.startsWith('text/event-stream')
    ? reply.body.split(/\r?\n\r?\n/).map((event) =>
        event
          .split(/\r?\n/)
          .filter((line) => line.startsWith('data:'))
          .map((line) => line.slice(5).trim())
          .join('\n'),
      )
    : [reply.body];
  return texts.filter(Boolean).flatMap((text) => JSON.parse(text));
}
