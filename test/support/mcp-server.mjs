// mcp-server.mjs <file> [<words>]: an MCP server on standard input and output. It leaves the file when it starts, and
// its one tool says the words.
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [file, words = 'SEEN'] = process.argv.slice(2);
writeFileSync(file, '');
const answers = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name: 'look', version: '1.0.0' },
  }),
  'tools/list': () => ({
    tools: [{ name: 'look', description: 'Looks', inputSchema: { type: 'object', properties: {} } }],
  }),
  'tools/call': () => ({ content: [{ type: 'text', text: words }] }),
};
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  const answer = answers[method];
  const outcome = answer ? { result: answer(params) } : { error: { code: -32601, message: 'no' } };
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, ...outcome })}\n`);
});
