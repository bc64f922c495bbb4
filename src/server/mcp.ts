import type { IncomingMessage, ServerResponse } from 'node:http';
import { Server as McpServer } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  ListToolsRequestSchema,
  type Tool,
} from '@modelcontextprotocol/sdk/types.js';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import * as z from 'zod';
import type { Logger } from '../core/base/logger.ts';
import type { AgentTool, Core } from '../core/core-api.ts';
import { describeIssues, reportMistake } from './failure.ts';

export interface McpEndpoint {
  /** Answers one POST, whose body has been read, on behalf of the agent of `taskId`. */
  handle(request: IncomingMessage, response: ServerResponse, body: unknown, taskId: string): Promise<void>;
}

/**
 * The tools of agents over MCP (streamable HTTP), without sessions: every POST stands alone and the bearer token says
 * which task it is for, so that nothing has to be kept or found again after a restart. A server object and a transport
 * for each request cost well under a millisecond. A tool that cannot do what was asked answers with `isError` and
 * words, which the agent reads.
 */
export function createMcpEndpoint(tools: Core['tools'], version: string, logger: Logger): McpEndpoint {
  const byName = new Map(tools.list.map((tool) => [tool.name, tool]));
  const listed = tools.list.map(describeTool);
  // Every server would make one of its own, which costs more than the rest of a call.
  const jsonSchemaValidator = new AjvJsonSchemaValidator();
  return {
    async handle(request, response, body, taskId) {
      const server = new McpServer({ name: 'drover', version }, { capabilities: { tools: {} }, jsonSchemaValidator });
      server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: listed }));
      server.setRequestHandler(CallToolRequestSchema, ({ params }) =>
        callTool(byName, params.name, params.arguments ?? {}, taskId, logger),
      );
      const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
      response.once('close', () => void server.close());
      await server.connect(transport);
      await transport.handleRequest(request, response, body);
    },
  };
}

function describeTool(tool: AgentTool): Tool {
  const inputSchema = z.toJSONSchema(tool.input, { io: 'input', target: 'draft-7' }) as Tool['inputSchema'];
  return { name: tool.name, description: tool.description, inputSchema };
}

async function callTool(
  byName: ReadonlyMap<string, AgentTool>,
  name: string,
  given: Record<string, unknown>,
  taskId: string,
  logger: Logger,
): Promise<CallToolResult> {
  const tool = byName.get(name);
  if (tool === undefined)
    return answer(false, `There is no tool ${name}. There are: ${[...byName.keys()].join(', ')}.`);
  const input = tool.input.strict().safeParse(given);
  if (!input.success) return answer(false, `${name}: ${describeIssues(input.error.issues)}.`);
  try {
    const { ok, text } = await tool.run(input.data, taskId);
    return answer(ok, text);
  } catch (error) {
    return answer(false, reportMistake(error, `tool ${name}`, logger));
  }
}

function answer(ok: boolean, text: string): CallToolResult {
  return { content: [{ type: 'text', text }], isError: !ok };
}
