import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { base } from '../call.ts';
import { taskId } from '../ids.ts';
import { streamMessage } from './state.ts';

/** The calls that follow what happens. */
export const events = {
  /**
   * All events after a sequence number, then every new one as it is stored, without a gap or a repeat. With `live`,
   * streaming text too. After a lost connection, call again with the last `seq` that arrived.
   */
  subscribe: base
    .route({ method: 'GET', path: '/events', summary: 'Events as they happen (server-sent events over HTTP)' })
    .input(
      z.strictObject({
        after: z
          .number()
          .int()
          .min(0)
          .optional()
          .describe('Last sequence number already known; left out: only new events'),
        taskId: taskId.optional(),
        live: z.boolean().default(false),
      }),
    )
    .output(eventIterator(streamMessage)),
};
