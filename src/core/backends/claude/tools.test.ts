import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { afterEach, expect, test } from 'vitest';
import * as z from 'zod';
import { type ClaudeBench, createClaudeBench } from '../../../../test/support/claude-session.ts';
import { always, script } from '../../../../test/support/scripted-api/scenario.ts';

const TOKEN = 'token-of-this-task';
let bench: ClaudeBench;
let server: Server;
afterEach(async () => {
  await bench.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** An MCP server of one tool that lets only our token in. */
async function startToolServer(said: string[]): Promise<string> {
  server = createServer(async (request, response) => {
    if (request.headers.authorization !== `Bearer ${TOKEN}`) {
      response.writeHead(401).end();
      return;
    }
    const mcp = new McpServer({ name: 'tools', version: '1.0.0' });
    mcp.registerTool('say', { description: 'Says it', inputSchema: { words: z.string() } }, ({ words }) => {
      said.push(words);
      return { content: [{ type: 'text', text: `Heard: ${words}` }] };
    });
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    response.on('close', () => void mcp.close());
    await mcp.connect(transport);
    await transport.handleRequest(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
}

/** A proxy that lets nothing through and remembers what it was asked for. */
async function startProxy(): Promise<{ url: string; asked: string[]; stop(): Promise<void> }> {
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(502).end();
  });
  proxy.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    asked,
    stop: () => {
      proxy.closeAllConnections();
      return new Promise((resolve) => proxy.close(() => resolve()));
    },
  };
}

const scenario = () =>
  script(
    { when: { hasTool: 'mcp__drover__say' }, steps: [{ tool: 'mcp__drover__say', input: { words: 'item done' } }] },
    { when: { toolResultOf: 'mcp__drover__say' }, steps: [{ text: 'Answer: {{lastToolResult}}' }] },
    always('No such tool.'),
  );

test.each(['ask', 'plan'] as const)(
  'our tools are offered at once and called without a question (%s)',
  async (autonomy) => {
    const said: string[] = [];
    const url = await startToolServer(said);
    bench = await createClaudeBench(scenario());
    const { session, recorded } = await bench.open({ tools: { url, token: TOKEN }, autonomy });
    expect(await session.prompt('go')).toMatchObject({ result: 'ok' });
    expect(said).toEqual(['item done']);
    expect(recorded.texts()).toEqual(['Answer: Heard: item done']);
    expect(recorded.questions).toEqual([]);
    expect(recorded.notices()).toEqual([]);
  },
);

test('our tools are reached without the proxy that the settings of the program name, whatever they keep from it', async () => {
  const said: string[] = [];
  const url = await startToolServer(said);
  bench = await createClaudeBench(scenario());
  const proxy = await startProxy();
  const env = { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url, NO_PROXY: 'intranet.test', no_proxy: 'intranet.test' };
  await mkdir(join(bench.home, '.claude'));
  await writeFile(join(bench.home, '.claude', 'settings.json'), JSON.stringify({ env }));
  try {
    const { session } = await bench.open({ tools: { url, token: TOKEN } });
    expect(await session.prompt('go')).toMatchObject({ result: 'ok' });
    await session.close(5_000);
    expect(said).toEqual(['item done']);
    expect(proxy.asked).toEqual([]);
  } finally {
    await proxy.stop();
  }
});

test('tools that cannot be reached end the turn, with that as the cause', async () => {
  const said: string[] = [];
  const url = await startToolServer(said);
  bench = await createClaudeBench(scenario());
  const { session, recorded } = await bench.open({ tools: { url, token: 'another token' } });
  const error = { class: 'permanent', code: 'tools-missing', hint: expect.stringContaining('NO_PROXY') };
  expect(await session.prompt('go')).toMatchObject({ result: 'error', error });
  expect(recorded.notices()).toEqual(['tools-missing']);
  expect(await session.prompt('again')).toMatchObject({ result: 'error', error });
});
