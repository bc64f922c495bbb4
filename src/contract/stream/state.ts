import * as z from 'zod';
import { hostId } from '../ids.ts';
import { liveDelta } from '../live.ts';
import { loggedEvent } from '../task/events.ts';

/**
 * What a stream of events brings. `caught-up` comes once, when everything logged before the call has been sent: `seq` is
 * the last event of the log of `host`, stored at `at`; `afterAt` is when the event `after` of the call was stored, in
 * milliseconds since 1970, both null for what is not there. Where the host is another one, the log ends before what the
 * reader has seen, or its event has another time, the log is not the one that was followed, and nothing that is known
 * from it holds.
 */
export const streamMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('event'), event: loggedEvent }),
  z.object({ type: z.literal('live'), delta: liveDelta }),
  z.object({
    type: z.literal('caught-up'),
    host: hostId,
    seq: z.number(),
    at: z.number().nullable(),
    afterAt: z.number().nullable(),
  }),
  z.object({
    type: z.literal('changed'),
    what: z.enum(['projects', 'workspaces', 'settings', 'agents', 'rules', 'pause', 'terminals']),
  }),
]);
export type StreamMessage = z.infer<typeof streamMessage>;
