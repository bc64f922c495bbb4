import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { api } from '../contract/api.ts';
import { REJECTION_CODES } from '../contract/rejection.ts';
import { API_PREFIX } from './http-api.ts';

/** The OpenAPI document of the contract. `address` is where this server is reached. */
export async function describeApi(version: string, address: string): Promise<object> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(api, {
    info: {
      title: 'Drover',
      version,
      description:
        'Tasks of coding agents on this machine. Times are milliseconds since 1970. Every error is `{ code, message }` with a sentence for a person.',
    },
    servers: [{ url: `${address}${API_PREFIX}` }],
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    customErrorResponseBodySchema: {
      type: 'object',
      properties: {
        code: { type: 'string', enum: [...REJECTION_CODES] },
        message: { type: 'string' },
        allowed: { type: 'array', items: { type: 'string' } },
      },
      required: ['code', 'message'],
    },
  });
  // Grouped by noun.
  for (const operations of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(operations ?? {})) {
      if (typeof operation !== 'object' || !('operationId' in operation)) continue;
      operation.tags = [operation.operationId?.split('.')[0] ?? ''];
    }
  }
  return document;
}
