import * as z from 'zod';
import { base, command } from '../call.ts';
import { approvalId } from '../ids.ts';
import { standing } from '../task/state.ts';
import { approval, approvalAnswer, approvalDetail, approvalFilter, surface } from './state.ts';

/** The calls on approvals. */
export const approvals = {
  list: base
    .route({
      method: 'GET',
      path: '/approvals',
      summary: 'Approvals, newest first; with status `pending` only, oldest first',
    })
    .input(
      approvalFilter.extend({
        limit: z.number().int().min(1).max(500).default(100),
        cursor: z.string().max(64).optional(),
      }),
    )
    .output(
      z.object({
        approvals: z.array(approval),
        nextCursor: z.string().nullable(),
        pending: z.number().describe('How many are pending in all'),
      }),
    ),
  get: base
    .route({ method: 'GET', path: '/approvals/{approvalId}', summary: 'One approval with its exact input' })
    .input(z.strictObject({ approvalId }))
    .output(approvalDetail),
  answer: base
    .route({
      method: 'POST',
      path: '/approvals/{approvalId}/answer',
      summary: 'Answer an approval; the first answer wins, a later one is refused and says who answered',
    })
    .input(z.strictObject({ ...command, approvalId, answer: approvalAnswer, from: surface.default('api') }))
    .output(approval.extend(standing)),
  export: base
    .route({ method: 'GET', path: '/approvals-export', summary: 'A page of the audit as CSV or JSON lines' })
    .input(
      approvalFilter.extend({
        format: z.enum(['csv', 'json']),
        limit: z.number().int().min(1).max(5000).default(1000),
        cursor: z.string().max(64).optional(),
      }),
    )
    .output(z.object({ text: z.string(), nextCursor: z.string().nullable() })),
};
