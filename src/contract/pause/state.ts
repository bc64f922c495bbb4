import * as z from 'zod';
import { surface } from '../approval/state.ts';

/** What happened to the pause of everything. It is about no single task, so it has a log and numbers of its own. */
export const pauseEvent = z.object({
  type: z.enum(['drover.paused', 'drover.resumed']),
  /** Where a person did it; null where that is not known. */
  from: surface.nullable(),
});
export type PauseEvent = z.infer<typeof pauseEvent>;

/** `seq` starts at 1 and only grows, apart from the numbers of tasks' events; `at` is milliseconds since 1970. */
export const loggedPause = z.object({
  seq: z.number(),
  at: z.number(),
  by: z.enum(['user', 'drover']),
  event: pauseEvent,
});
export type LoggedPause = z.infer<typeof loggedPause>;

/** Whether everything is paused, and the event that made it so; null where it never was. */
export const pauseState = z.object({ paused: z.boolean(), since: loggedPause.nullable() });
export type PauseState = z.infer<typeof pauseState>;
