import type { IncomingMessage, ServerResponse } from 'node:http';
import { OpenAPIGenerator } from '@orpc/openapi';
import { OpenAPIHandler } from '@orpc/openapi/node';
import type { AnyRouter, ORPCError } from '@orpc/server';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { api } from '../contract/api.ts';
import { rejection, rejectionCode } from '../contract/rejection.ts';
import type { Logger } from '../core/base/logger.ts';
import type { Caller } from '../core/core-api.ts';
import { toClientError } from './failure.ts';
import { readQuery } from './query.ts';
import type { CallContext } from './router.ts';

const PREFIX = '/api';
/** Between two comments that keep a silent stream of events open, and show the client that it is. */
const KEEP_ALIVE_MS = 60_000;

export interface HttpApi {
  /** Answers false for a path or method that is not in the contract. The body has been read into `request.body`. */
  handle(request: IncomingMessage, response: ServerResponse, caller: Caller): Promise<boolean>;
}

/** The contract over HTTP under `/api`, each call at its own path; events as server-sent events. */
export function createHttpApi(router: AnyRouter, logger: Logger): HttpApi {
  const handler = new OpenAPIHandler<CallContext>(router, {
    eventIteratorKeepAliveInterval: KEEP_ALIVE_MS,
    customErrorResponseBodyEncoder: errorBody,
    clientInterceptors: [
      async ({ next, path, procedure, input, ...rest }) => {
        try {
          const fromQuery = procedure['~orpc'].route.method === 'GET';
          const read = fromQuery ? readQuery(input, procedure['~orpc'].inputSchema) : input;
          return await next({ ...rest, path, procedure, input: read });
        } catch (error) {
          throw toClientError(error, path.join('.'), logger);
        }
      },
    ],
  });
  return {
    async handle(request, response, caller) {
      const { matched } = await handler.handle(request, response, {
        prefix: PREFIX,
        context: { caller, carrier: 'http' },
      });
      return matched;
    },
  };
}

/** `{ code, message }` as everywhere over HTTP; a refusal of the core has the code of the rejection. */
function errorBody(error: ORPCError<string, unknown>): unknown {
  if (error.code === 'REJECTED') {
    const refused = rejection.safeParse(error.data);
    if (refused.success) return refused.data;
  }
  const code = error.code === 'INTERNAL_SERVER_ERROR' ? 'internal' : error.code.toLowerCase().replaceAll('_', '-');
  return { code, message: error.message };
}

/** The OpenAPI document of the contract. `address` is where this server is reached. */
export async function describeApi(version: string, address: string): Promise<object> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  return generator.generate(api, {
    info: {
      title: 'Drover',
      version,
      description:
        'Tasks of coding agents on this machine. Times are milliseconds since 1970. Every error is `{ code, message }` with a sentence for a person.',
    },
    servers: [{ url: `${address}${PREFIX}` }],
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    customErrorResponseBodySchema: {
      type: 'object',
      properties: {
        code: { type: 'string', enum: rejectionCode.options },
        message: { type: 'string' },
        allowed: { type: 'array', items: { type: 'string' } },
      },
      required: ['code', 'message'],
    },
  });
}
