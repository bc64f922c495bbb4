import * as z from 'zod';
import { liveDelta } from '../live.ts';
import { loggedEvent } from '../task/events.ts';

/** What a stream of events brings. `caught-up` comes once, when everything logged before the call has been sent. */
export const streamMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('event'), event: loggedEvent }),
  z.object({ type: z.literal('live'), delta: liveDelta }),
  z.object({ type: z.literal('caught-up'), seq: z.number() }),
  z.object({
    type: z.literal('changed'),
    what: z.enum(['projects', 'workspaces', 'settings', 'agents', 'rules', 'pause']),
  }),
]);
export type StreamMessage = z.infer<typeof streamMessage>;
