import type { IncomingMessage, ServerResponse } from 'node:http';
import { OpenAPIHandler } from '@orpc/openapi/node';
import type { AnyRouter, ORPCError } from '@orpc/server';
import { rejection } from '../contract/rejection-shape.ts';
import type { Logger } from '../core/base/logger.ts';
import type { Caller } from '../core/core-api.ts';
import { tellingClients } from './failure.ts';
import { readQuery } from './query.ts';
import type { CallContext } from './router.ts';

/** Where the calls are. */
export const API_PREFIX = '/api';
/** Between two comments that keep a silent stream of events open, and show the client that it is. */
const KEEP_ALIVE_MS = 60_000;

export interface HttpApi {
  /** Returns false for a path or method that is not in the contract. The body has been read into `request.body`. */
  handle(request: IncomingMessage, response: ServerResponse, caller: Caller): Promise<boolean>;
}

/** The contract over HTTP under `/api`, each call at its own path; events as server-sent events. */
export function createHttpApi(router: AnyRouter, logger: Logger): HttpApi {
  const handler = new OpenAPIHandler<CallContext>(router, {
    eventIteratorKeepAliveInterval: KEEP_ALIVE_MS,
    customErrorResponseBodyEncoder: errorBody,
    clientInterceptors: [
      ({ next, path, procedure, input, ...rest }) =>
        tellingClients(
          async () => {
            const fromQuery = procedure['~orpc'].route.method === 'GET';
            const read = fromQuery ? readQuery(input, procedure['~orpc'].inputSchema) : input;
            return await next({ ...rest, path, procedure, input: read });
          },
          path,
          logger,
        ),
    ],
  });
  return {
    async handle(request, response, caller) {
      const { matched } = await handler.handle(request, response, {
        prefix: API_PREFIX,
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
