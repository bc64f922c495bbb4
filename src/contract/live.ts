import * as z from 'zod';
import { taskId } from './ids.ts';

/**
 * What streams beside the log: the growing text of an entry that is not settled yet. It may be dropped or merged on the
 * way; the event with the same `entryId` brings the whole.
 */
export const liveDelta = z.object({
  taskId,
  entryId: z.string(),
  kind: z.enum(['text', 'thinking', 'tool-output']),
  text: z.string(),
});
export type LiveDelta = z.infer<typeof liveDelta>;
