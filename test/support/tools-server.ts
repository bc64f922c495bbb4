import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ToolsServer {
  url: string;
  token: string;
  /** The checklist it serves; a test may change it. */
  items: { id: string; status: string; text: string }[];
  /** Names of the called tools with their arguments, in order. */
  calls: { name: string; args: Record<string, unknown> }[];
  close(): Promise<void>;
}

interface RpcMessage {
  id?: number;
  method: string;
  params?: { name?: string; arguments?: Record<string, string> };
}

/** Drover's tools without Drover: the same names and answers, over MCP (streamable HTTP) on loopback. */
export async function startToolsServer(
  items: string[],
  answerWith: 'json' | 'event-stream' = 'json',
): Promise<ToolsServer> {
  const server = createServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${tools.token}`) return void response.writeHead(401).end();
    // There is no stream of the server's own.
    if (request.method !== 'POST') return void response.writeHead(405).end();
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const message: RpcMessage = JSON.parse(Buffer.concat(chunks).toString());
      if (message.id === undefined) return void response.writeHead(202).end();
      const answer = JSON.stringify({ jsonrpc: '2.0', id: message.id, ...resultOf(message) });
      if (answerWith === 'json')
        return void response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
      response.writeHead(200, { 'content-type': 'text/event-stream', 'mcp-session-id': 'one' });
      response.end(`event: message\ndata: ${answer}\n\n`);
    });
  });

  const resultOf = (message: RpcMessage) => {
    if (message.method === 'initialize') {
      return {
        result: {
          protocolVersion: '2025-06-18',
          capabilities: { tools: {} },
          serverInfo: { name: 'drover', version: '1' },
        },
      };
    }
    if (message.method === 'tools/list') {
      return { result: { tools: [{ name: 'task_get', description: 'x', inputSchema: { type: 'object' } }] } };
    }
    if (message.method !== 'tools/call') return { error: { code: -32601, message: 'Unknown method' } };
    const { name = '', arguments: args = {} } = message.params ?? {};
    tools.calls.push({ name, args });
    const text = run(name, args);
    return { result: { content: [{ type: 'text', text: text ?? 'Refused.' }], isError: text === null } };
  };

  const run = (name: string, args: Record<string, string>): string | null => {
    if (name === 'task_get') {
      const lines = tools.items.map((item) => `${item.id}. [${item.status}] ${item.text}`);
      return `Goal:\nA goal.\n\nChecklist:\n${lines.join('\n') || '(empty)'}`;
    }
    const item = tools.items.find((one) => one.id === args.item);
    if (!item) return null;
    if (name === 'item_set') item.status = args.status ?? '';
    else if (name === 'task_blocked') item.status = 'blocked';
    else if (name !== 'item_note') return null;
    return 'Done.';
  };

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const tools: ToolsServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    token: `token-${crypto.randomUUID()}`,
    items: items.map((text, index) => ({ id: String(index + 1), status: 'pending', text })),
    calls: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return tools;
}
